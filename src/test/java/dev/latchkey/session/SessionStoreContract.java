package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.User;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store of sessions does. A session ends after 12 hours without use, and after
 * 7 days at the latest.
 */
interface SessionStoreContract {

	Duration IDLE = Duration.ofHours(12);

	Duration ABSOLUTE = Duration.ofDays(7);

	SessionStore store();

	User aUser();

	void letPass(Duration duration);

	@Test
	default void findsASessionWithItsUser() {
		User user = aUser();
		SessionToken token = SessionToken.random();
		UUID id = UUID.randomUUID();
		Instant expiresAt = Objects.requireNonNull(store().insert(token, id, user.userId()).block());
		Caller caller = find(token).caller();
		assertThat(caller.user()).isEqualTo(user.userId());
		assertThat(caller.session()).isEqualTo(new SessionId(id));
		assertThat(caller.email().value()).isEqualTo(user.email());
		assertThat(caller.name()).isEqualTo(user.name());
		assertThat(caller.expiresAt()).isEqualTo(expiresAt);
		assertThat(caller.remaining()).isBetween(ABSOLUTE.minusMinutes(1), ABSOLUTE);
	}

	@Test
	default void findsNothingForAnotherToken() {
		open(aUser().userId());
		StepVerifier.create(store().find(SessionToken.random())).verifyComplete();
	}

	@Test
	default void aSessionEndsWhenItIsNotUsed() {
		SessionToken token = open(aUser().userId());
		letPass(IDLE.minusMinutes(1));
		assertOpen(token);
		letPass(Duration.ofMinutes(1));
		assertEnded(token);
	}

	@Test
	default void renewalExtendsTheIdleTimeout() {
		SessionToken token = open(aUser().userId());
		letPass(IDLE.minusMinutes(1));
		StepVerifier.create(store().renew(token)).verifyComplete();
		letPass(IDLE.minusMinutes(1));
		assertOpen(token);
	}

	@Test
	default void renewalDoesNotExtendTheAbsoluteTimeout() {
		SessionToken token = open(aUser().userId());
		for (int half = 0; half < 27; half++) {
			letPass(Duration.ofHours(6));
			StepVerifier.create(store().renew(token)).verifyComplete();
		}
		letPass(Duration.ofHours(5));
		assertOpen(token);
		letPass(Duration.ofHours(1));
		assertEnded(token);
	}

	@Test
	default void renewalDoesNotReopenASession() {
		SessionToken token = open(aUser().userId());
		letPass(IDLE);
		StepVerifier.create(store().renew(token)).verifyComplete();
		assertEnded(token);
	}

	@Test
	default void aSessionNeedsRenewalOnceAMinute() {
		SessionToken token = open(aUser().userId());
		letPass(Duration.ofSeconds(30));
		assertThat(find(token).needsRenewal()).isFalse();
		letPass(Duration.ofSeconds(31));
		assertThat(find(token).needsRenewal()).isTrue();
		StepVerifier.create(store().renew(token)).verifyComplete();
		assertThat(find(token).needsRenewal()).isFalse();
	}

	@Test
	default void aSessionThatCannotBeExtendedNeedsNoRenewal() {
		SessionToken token = open(aUser().userId());
		for (int half = 0; half < 27; half++) {
			letPass(Duration.ofHours(6));
			StepVerifier.create(store().renew(token)).verifyComplete();
		}
		letPass(Duration.ofHours(2));
		assertThat(find(token).needsRenewal()).isFalse();
	}

	@Test
	default void anEndedSessionIsReportedForFifteenSeconds() {
		User user = aUser();
		SessionToken token = open(user.userId());
		SessionId id = find(token).caller().session();
		assertThat(recentlyEnded()).doesNotContain(id);
		StepVerifier.create(store().end(id, user.userId())).verifyComplete();
		assertEnded(token);
		assertThat(recentlyEnded()).contains(id);
		letPass(Duration.ofSeconds(15));
		assertThat(recentlyEnded()).doesNotContain(id);
	}

	@Test
	default void endingASessionTwiceReportsItOnce() {
		User user = aUser();
		SessionToken token = open(user.userId());
		SessionId id = find(token).caller().session();
		StepVerifier.create(store().end(id, user.userId())).verifyComplete();
		StepVerifier.create(store().end(id, user.userId())).verifyComplete();
		assertThat(recentlyEnded()).containsOnlyOnce(id);
	}

	@Test
	default void aUserCannotEndTheSessionOfAnotherUser() {
		SessionToken token = open(aUser().userId());
		SessionId id = find(token).caller().session();
		StepVerifier.create(store().end(id, aUser().userId())).verifyComplete();
		assertOpen(token);
		assertThat(recentlyEnded()).doesNotContain(id);
	}

	@Test
	default void allSessionsOfAUserEndAtOnce() {
		User user = aUser();
		SessionToken first = open(user.userId());
		SessionToken second = open(user.userId());
		SessionToken other = open(aUser().userId());
		List<SessionId> ids = List.of(find(first).caller().session(), find(second).caller().session());
		assertThat(store().endAll(user.userId()).collectList().block()).containsExactlyInAnyOrderElementsOf(ids);
		assertEnded(first);
		assertEnded(second);
		assertOpen(other);
		assertThat(recentlyEnded()).containsAll(ids);
		StepVerifier.create(store().endAll(user.userId())).verifyComplete();
	}

	private SessionToken open(UserId user) {
		SessionToken token = SessionToken.random();
		StepVerifier.create(store().insert(token, UUID.randomUUID(), user)).expectNextCount(1).verifyComplete();
		return token;
	}

	private SessionStore.FoundSession find(SessionToken token) {
		return Objects.requireNonNull(store().find(token).block());
	}

	private List<SessionId> recentlyEnded() {
		return Objects.requireNonNull(store().findRecentlyEnded().collectList().block());
	}

	private void assertOpen(SessionToken token) {
		StepVerifier.create(store().find(token)).expectNextCount(1).verifyComplete();
	}

	private void assertEnded(SessionToken token) {
		StepVerifier.create(store().find(token)).verifyComplete();
	}

}
