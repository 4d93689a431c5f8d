package dev.latchkey.user;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.language.MessageBundles;
import dev.latchkey.linktoken.LinkFixture;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.mail.RecordingOutbox;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the mail of a sign-up contains when it is sent.
 */
class SignUpMailTests {

	private final UserFixture fixture = new UserFixture();

	private final SignUpMail mail = new SignUpMail(this.fixture.signUpStore(), this.fixture.users(),
			LinkFixture.links(this.fixture.tokens()), MessageBundles.read());

	private final String token = this.fixture.signUpToken("Ann@example.test");

	private final QueuedMail queued = queued(this.fixture.outbox().mails().get(0));

	@Test
	void containsTheConfirmationLinkInTheLanguageOfTheSignUp() {
		StepVerifier.create(this.mail.compose(this.queued)).assertNext((message) -> {
			assertThat(message.to().value()).isEqualTo("Ann@example.test");
			assertThat(message.template()).isEqualTo("verification");
			assertThat(message.locale()).isEqualTo(Locale.GERMAN);
			assertThat(message.subject()).isEqualTo("Bestätigen Sie Ihre E-Mail-Adresse");
			assertThat(message.model()).containsOnlyKeys("link")
				.containsEntry("link", LinkFixture.BASE_URL + "/verification#" + this.token);
		}).verifyComplete();
	}

	@Test
	void containsNoTokenIfTheAddressHasALogin() {
		this.fixture.aUser("ann@example.test");
		StepVerifier.create(this.mail.compose(this.queued)).assertNext((message) -> {
			assertThat(message.template()).isEqualTo("login-exists");
			assertThat(message.subject()).isEqualTo("Sie haben bereits einen Zugang");
			assertThat(message.model()).containsEntry("link", LinkFixture.BASE_URL + "/");
		}).verifyComplete();
	}

	@Test
	void isObsoleteAfterTheLinkWasUsedOrExpired() {
		this.fixture.signUpConfirmation().confirm(this.token, "Ann", UserFixture.PASSWORD, "192.0.2.1").block();
		StepVerifier.create(this.mail.compose(this.queued)).verifyComplete();
		this.fixture.signUpToken("bob@example.test");
		this.fixture.clock().letPass(Duration.ofHours(24));
		StepVerifier.create(this.mail.compose(queued(this.fixture.outbox().mails().get(1)))).verifyComplete();
	}

	@Test
	void hasTheNameUnderWhichItWasEnqueued() {
		assertThat(this.mail.name()).isEqualTo(this.queued.type());
	}

	private static QueuedMail queued(RecordingOutbox.Mail mail) {
		return new QueuedMail(mail.shard(), UUID.randomUUID(), mail.type(), mail.subject(), mail.version(), 1);
	}

}
