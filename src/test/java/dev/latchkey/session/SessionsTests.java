package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.latchkey.shared.SessionId;
import dev.latchkey.user.User;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Open sessions: the cache, the renewal and the end.
 */
class SessionsTests {

	private final SessionFixture fixture = new SessionFixture();

	private final User user = this.fixture.users().aUser("ann@example.test");

	private final Sessions sessions = this.fixture.sessions();

	private final SessionToken token = this.fixture.tokenOf(this.user);

	@Nested
	class Open {

		@Test
		void createsADifferentTokenAndIdEachTime() {
			SessionToken other = SessionsTests.this.fixture.tokenOf(SessionsTests.this.user);
			assertThat(other).isNotEqualTo(SessionsTests.this.token);
			assertThat(SessionsTests.this.fixture.callerOf(other).session())
				.isNotEqualTo(SessionsTests.this.fixture.callerOf(SessionsTests.this.token).session());
		}

		@Test
		void returnsWhenTheSessionEndsAtTheLatest() {
			Sessions.OpenedSession opened = Objects
				.requireNonNull(SessionsTests.this.sessions.open(SessionsTests.this.user.userId()).block());
			assertThat(opened.expiresAt()).isEqualTo(SessionsTests.this.fixture.clock().now().plus(Duration.ofDays(7)));
		}

		@Test
		void hidesTheTokenInLogs() {
			Sessions.OpenedSession opened = Objects
				.requireNonNull(SessionsTests.this.sessions.open(SessionsTests.this.user.userId()).block());
			assertThat(opened.toString()).doesNotContain(opened.token().text());
		}

	}

	@Nested
	class Find {

		@Test
		void returnsTheCaller() {
			Caller caller = SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			assertThat(caller.user()).isEqualTo(SessionsTests.this.user.userId());
			assertThat(caller.email()).isEqualTo(SessionsTests.this.user.address());
			assertThat(caller.name()).isEqualTo("Ann Carter");
		}

		@Test
		void returnsNothingForAnUnknownToken() {
			StepVerifier.create(SessionsTests.this.sessions.find(SessionToken.random())).verifyComplete();
		}

		@Test
		void readsTheStoreOnceWhileTheSessionIsCached() {
			SessionFixture cached = new SessionFixture(SessionFixture.properties(Duration.ofSeconds(1)));
			SessionToken token = cached.tokenOf(cached.users().aUser("ann@example.test"));
			Caller first = cached.callerOf(token);
			Caller second = cached.callerOf(token);
			assertThat(second).isSameAs(first);
			assertThat(cached.store().reads()).isEqualTo(1);
		}

		@Test
		void doesNotCacheUnknownTokens() {
			SessionFixture cached = new SessionFixture(SessionFixture.properties(Duration.ofSeconds(1)));
			SessionToken unknown = SessionToken.random();
			StepVerifier.create(cached.sessions().find(unknown)).verifyComplete();
			StepVerifier.create(cached.sessions().find(unknown)).verifyComplete();
			assertThat(cached.store().reads()).isEqualTo(2);
		}

		@Test
		void readsTheStoreEachTimeWithoutACache() {
			SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			assertThat(SessionsTests.this.fixture.store().reads()).isEqualTo(2);
		}

		@Test
		void renewsTheSessionOnceAMinute() {
			SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			assertThat(SessionsTests.this.fixture.store().renewals()).isZero();
			SessionsTests.this.fixture.clock().letPass(Duration.ofSeconds(61));
			SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			assertThat(SessionsTests.this.fixture.store().renewals()).isEqualTo(1);
		}

		@Test
		void keepsASessionOpenThatIsUsed() {
			for (int day = 0; day < 13; day++) {
				SessionsTests.this.fixture.clock().letPass(Duration.ofHours(11));
				SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			}
			SessionsTests.this.fixture.clock().letPass(Duration.ofHours(12));
			StepVerifier.create(SessionsTests.this.sessions.find(SessionsTests.this.token)).verifyComplete();
		}

		@Test
		void ignoresACachedSessionThatEndedOnAnotherReplica() {
			SessionFixture cached = new SessionFixture(SessionFixture.properties(Duration.ofSeconds(1)));
			SessionToken token = cached.tokenOf(cached.users().aUser("ann@example.test"));
			Caller caller = cached.callerOf(token);
			cached.store().end(caller.session(), caller.user()).block();
			StepVerifier.create(cached.endings().poll()).verifyComplete();
			StepVerifier.create(cached.sessions().find(token)).verifyComplete();
		}

		/**
		 * A statement that began before the end of the session may return it afterwards.
		 */
		@Test
		void ignoresASessionFromTheStoreThatIsKnownToHaveEnded() {
			Caller caller = SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			SessionsTests.this.fixture.endings().markEnded(caller.session());
			StepVerifier.create(SessionsTests.this.sessions.find(SessionsTests.this.token)).verifyComplete();
		}

	}

	@Nested
	class End {

		@Test
		void endsTheCachedSessionAtOnce() {
			SessionFixture cached = new SessionFixture(SessionFixture.properties(Duration.ofSeconds(1)));
			SessionToken token = cached.tokenOf(cached.users().aUser("ann@example.test"));
			Caller caller = cached.callerOf(token);
			StepVerifier.create(cached.sessions().end(caller)).verifyComplete();
			assertThat(cached.endings().hasEnded(caller.session())).isTrue();
			StepVerifier.create(cached.sessions().find(token)).verifyComplete();
		}

		@Test
		void leavesTheOtherSessionsOfTheUserOpen() {
			SessionToken other = SessionsTests.this.fixture.tokenOf(SessionsTests.this.user);
			Caller caller = SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			StepVerifier.create(SessionsTests.this.sessions.end(caller)).verifyComplete();
			StepVerifier.create(SessionsTests.this.sessions.find(other)).expectNextCount(1).verifyComplete();
		}

		@Test
		void ofAllSessionsIsKnownAfterItWasMarked() {
			Caller caller = SessionsTests.this.fixture.callerOf(SessionsTests.this.token);
			Iterable<SessionId> ended = Objects
				.requireNonNull(SessionsTests.this.sessions.endAll(caller.user()).block());
			assertThat(ended).isEqualTo(List.of(caller.session()));
			assertThat(SessionsTests.this.fixture.endings().hasEnded(caller.session())).isFalse();
			SessionsTests.this.sessions.markEnded(ended);
			assertThat(SessionsTests.this.fixture.endings().hasEnded(caller.session())).isTrue();
		}

	}

	@Test
	void replaceOpensANewSessionAndEndsThePresentOne() {
		Caller caller = this.fixture.callerOf(this.token);
		SessionToken replaced = Objects.requireNonNull(this.sessions.replace(caller).block()).token();
		assertThat(this.fixture.callerOf(replaced).user()).isEqualTo(caller.user());
		assertThat(this.fixture.callerOf(replaced).session()).isNotEqualTo(caller.session());
		StepVerifier.create(this.sessions.find(this.token)).verifyComplete();
	}

}
