package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streaming responses are notified of the end of their session.
 */
class SessionEndingsTests {

	private final SessionFixture fixture = new SessionFixture();

	private final SessionEndings endings = this.fixture.endings();

	private final SessionId session = new SessionId(UUID.randomUUID());

	@Test
	void waitsForTheEndOfThisSession() {
		StepVerifier.withVirtualTime(() -> this.endings.awaitEnd(this.session))
			.expectSubscription()
			.then(() -> this.endings.markEnded(new SessionId(UUID.randomUUID())))
			.expectNoEvent(Duration.ofMinutes(1))
			.then(() -> this.endings.markEnded(this.session))
			.verifyComplete();
	}

	@Test
	void completesAtOnceIfTheSessionHasEnded() {
		this.endings.markEnded(this.session);
		StepVerifier.create(this.endings.awaitEnd(this.session)).verifyComplete();
	}

	@Test
	void learnsOfAnEndOnAnotherReplicaFromThePoll() {
		Caller caller = aCaller();
		StepVerifier.withVirtualTime(() -> this.endings.awaitEnd(caller.session()))
			.expectSubscription()
			.then(() -> this.fixture.store().end(caller.session(), caller.user()).block())
			.expectNoEvent(Duration.ofMinutes(1))
			.then(() -> this.endings.poll().block())
			.verifyComplete();
	}

	@Test
	void abortsAStreamWhenTheSessionEnds() {
		Caller caller = aCaller();
		StepVerifier.create(this.endings.failAtEnd(caller))
			.then(() -> this.fixture.sessions().end(caller).block())
			.verifyErrorSatisfies(SessionEndingsTests::assertNotSignedIn);
	}

	@Test
	void abortsAStreamWhenTheSessionExpires() {
		Caller caller = aCaller();
		StepVerifier.withVirtualTime(() -> this.endings.failAtEnd(caller))
			.expectSubscription()
			.expectNoEvent(caller.remaining().minusSeconds(1))
			.thenAwait(Duration.ofSeconds(1))
			.verifyErrorSatisfies(SessionEndingsTests::assertNotSignedIn);
	}

	private Caller aCaller() {
		return this.fixture.callerOf(this.fixture.tokenOf(this.fixture.users().aUser("ann@example.test")));
	}

	private static void assertNotSignedIn(Throwable error) {
		assertThat(error).isInstanceOfSatisfying(DomainException.class,
				(refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.NOT_SIGNED_IN));
	}

}
