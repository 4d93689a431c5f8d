package dev.latchkey.invitation;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link InviteeLanguage} gives a problem the language of the invitation, if the link is
 * genuine.
 */
class TranslatedProblemsTests {

	private final InMemoryInvitations store = new InMemoryInvitations(InstantSource.system());

	private final LinkTokens tokens = new LinkTokens(
			List.of(LinkTokens.Key.of(1, "k".repeat(32).getBytes(StandardCharsets.US_ASCII))));

	private final InviteeLanguage language = new InviteeLanguage(new InvitationLinks(this.tokens, this.store));

	@ParameterizedTest
	@EnumSource
	void haveTheLanguageOfTheInvitationInEveryStatus(InvitationStatus status) {
		Invitation invitation = anInvitation().locale(Locale.GERMAN).status(status).build();
		this.store.add(invitation);
		assertLanguage(token(invitation), Locale.GERMAN);
	}

	@Test
	void haveNoFixedLanguageWithoutAGenuineToken() {
		assertLanguage(null, null);
		assertLanguage("x".repeat(LinkToken.LENGTH), null);
	}

	@Test
	void haveNoFixedLanguageIfTheInvitationIsDeleted() {
		assertLanguage(token(anInvitation().id(new InvitationId(UUID.randomUUID())).build()), null);
	}

	@Test
	void includeThoseThatAreThrownBeforeThePublisherExists() {
		Invitation invitation = anInvitation().locale(Locale.GERMAN).build();
		this.store.add(invitation);
		StepVerifier.create(this.language.translateProblems(token(invitation), () -> {
			throw DomainException.notFound();
		})).verifyErrorSatisfies((error) -> assertThat(((DomainException) error).locale()).isEqualTo(Locale.GERMAN));
	}

	@Test
	void doNotIncludeOtherErrors() {
		IllegalStateException failure = new IllegalStateException("broken");
		StepVerifier.create(this.language.translateProblems(token(anInvitation().build()), () -> Mono.error(failure)))
			.verifyErrorMatches((error) -> error == failure);
	}

	@Test
	void areAbsentFromASuccess() {
		StepVerifier.create(this.language.translateProblems(null, () -> Mono.just("done")))
			.expectNext("done")
			.verifyComplete();
	}

	private void assertLanguage(@Nullable String token, @Nullable Locale locale) {
		StepVerifier
			.create(this.language.translateProblems(token,
					() -> Mono.error(DomainException.of(ProblemCode.USED).with("invitationId", "1"))))
			.verifyErrorSatisfies((error) -> {
				DomainException problem = (DomainException) error;
				assertThat(problem.locale()).isEqualTo(locale);
				assertThat(problem.code()).isEqualTo(ProblemCode.USED);
				assertThat(problem.properties()).containsEntry("invitationId", "1");
			});
	}

	private String token(Invitation invitation) {
		return this.tokens.issue(LinkToken.Purpose.INVITATION, invitation.account().value(), invitation.id().value(), 1)
			.text();
	}

}
