package dev.latchkey.mail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.outage.Outages;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.ImmediateTransactions;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the relay does with a mail, by the outcome of its attempt. There are three
 * attempts, with one and five minutes between them, and two connections.
 */
class OutboxRelayOutcomeTests {

	private static final MailOutcome SENT = new MailOutcome(MailOutcome.Verdict.SENT, 250, "OK");

	private static final MailOutcome REFUSED = new MailOutcome(MailOutcome.Verdict.FAILED, 550, "No such user");

	private final StubOutboxStore outbox = new StubOutboxStore();

	private final StubType type = new StubType();

	private final Deque<Mono<MailOutcome>> outcomes = new ArrayDeque<>();

	private final List<DeliveryGate> gates = new ArrayList<>();

	private final List<String> mailboxes = new ArrayList<>();

	private Optional<Duration> excess = Optional.empty();

	private final OutboxRelay relay = new OutboxRelay(this.outbox, new CountedMailboxes(), this::send, properties(),
			new ImmediateTransactions(), new MailObservations(ObservationRegistry.NOOP), List.of(this.type),
			new Outages(InstantSource.system()));

	@Nested
	class Mails {

		@Test
		void thatWereSentAreRecordedAndDeleted() {
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.type.recorded).containsExactly(true);
			assertThat(OutboxRelayOutcomeTests.this.type.committed).containsExactly(true);
			assertThat(OutboxRelayOutcomeTests.this.mailboxes).containsExactly("ann@example.test");
		}

		@Test
		void whoseTypeRecordsNothingReportNoCommit() {
			OutboxRelayOutcomeTests.this.type.records = false;
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.type.committed).isEmpty();
		}

		@Test
		void thatAreObsoleteAreDeletedWithoutAnAttempt() {
			OutboxRelayOutcomeTests.this.type.message = Mono.empty();
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("complete");
			assertThat(OutboxRelayOutcomeTests.this.gates).isEmpty();
		}

		@Test
		void thatWereRefusedFailAtOnce() {
			add(1, REFUSED);
			run();
			assertThat(actions()).containsExactly("record FAILED 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.type.recorded).containsExactly(false);
			assertThat(OutboxRelayOutcomeTests.this.type.committed).containsExactly(false);
		}

		@Test
		void thatMaySucceedLaterAreRetriedAfterTheDelayOfTheirAttempt() {
			add(1, MailOutcome.retry("busy"));
			run();
			assertThat(actions()).containsExactly("record RETRY 1", "retry");
			assertThat(OutboxRelayOutcomeTests.this.outbox.delay()).isBetween(Duration.ofSeconds(60),
					Duration.ofSeconds(72));
			add(2, MailOutcome.retry("busy"));
			run();
			assertThat(OutboxRelayOutcomeTests.this.outbox.delay()).isBetween(Duration.ofMinutes(5),
					Duration.ofMinutes(6));
			assertThat(OutboxRelayOutcomeTests.this.type.recorded).isEmpty();
		}

		@Test
		void failAfterTheLastAttempt() {
			add(3, MailOutcome.retry("busy"));
			run();
			assertThat(actions()).containsExactly("record FAILED 3", "complete");
			assertThat(OutboxRelayOutcomeTests.this.type.recorded).containsExactly(false);
		}

		@Test
		void whoseLastAttemptDidNotEndFailWithoutAnother() {
			add(4, SENT);
			run();
			assertThat(actions()).containsExactly("record FAILED 4", "complete");
			assertThat(OutboxRelayOutcomeTests.this.gates).isEmpty();
		}

		@Test
		void ofAFullMailboxAreDeferredWithoutAnAttempt() {
			OutboxRelayOutcomeTests.this.excess = Optional.of(Duration.ofMinutes(10));
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("defer");
			assertThat(OutboxRelayOutcomeTests.this.outbox.delay()).isBetween(Duration.ofMinutes(10),
					Duration.ofMinutes(12));
			assertThat(OutboxRelayOutcomeTests.this.gates).isEmpty();
		}

		@Test
		void thatAreLimitedByRequestDoNotWaitForTheMailbox() {
			OutboxRelayOutcomeTests.this.type.limitedByRequest = true;
			OutboxRelayOutcomeTests.this.excess = Optional.of(Duration.ofMinutes(10));
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.mailboxes).isEmpty();
		}

		@Test
		void thatAnotherReplicaClaimedAreLeftAlone() {
			OutboxRelayOutcomeTests.this.outbox.claimElsewhere(add(1, SENT));
			run();
			assertThat(actions()).isEmpty();
			assertThat(OutboxRelayOutcomeTests.this.gates).isEmpty();
		}

	}

	@Nested
	class Errors {

		@Test
		void ofOneMailDoNotDelayTheOthers() {
			OutboxRelayOutcomeTests.this.outbox.add("unknown", 1);
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
		}

		@Test
		void ofTheCompositionLeaveTheMailInTheOutbox() {
			OutboxRelayOutcomeTests.this.type.message = Mono.error(new IllegalStateException("no database"));
			add(1, SENT);
			run();
			assertThat(actions()).isEmpty();
		}

		@Test
		void ofALostLeaseReportNoCommit() {
			QueuedMail lost = add(1, SENT);
			add(1, SENT);
			OutboxRelayOutcomeTests.this.outbox.failToCompleteOnce(new OutboxStore.LeaseLostException(lost));
			run();
			assertThat(actions()).containsExactly("record SENT 1", "record SENT 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.type.committed).containsExactly(true);
		}

		@Test
		void ofTheSearchSkipOneRound() {
			add(1, SENT);
			OutboxRelayOutcomeTests.this.outbox.failToFindOnce(new IllegalStateException("no database"));
			run();
			assertThat(actions()).isEmpty();
			run();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
		}

	}

	@Nested
	class Shutdown {

		@Test
		void releasesMailsWhoseAttemptHasNotBegun() {
			OutboxRelayOutcomeTests.this.type.message = StubType.message()
				.doOnNext((message) -> OutboxRelayOutcomeTests.this.relay.stopClaiming());
			add(1, SENT);
			run();
			assertThat(actions()).containsExactly("release");
			assertThat(OutboxRelayOutcomeTests.this.gates).isEmpty();
		}

		@Test
		void releasesMailsThatWereNotTransmittedYet() {
			add(1, Mono.never());
			StepVerifier.create(OutboxRelayOutcomeTests.this.relay.relay(Flux.just(true)))
				.expectSubscription()
				.then(() -> assertThat(actions()).isEmpty())
				.then(OutboxRelayOutcomeTests.this.relay::cancelAttempts)
				.expectNextCount(1)
				.verifyComplete();
			assertThat(actions()).containsExactly("release");
			assertThat(OutboxRelayOutcomeTests.this.gates.get(0).commit()).isFalse();
			assertThat(OutboxRelayOutcomeTests.this.mailboxes).as("counted for their mailbox").isEmpty();
		}

		@Test
		void waitsForMailsThatAreBeingTransmitted() {
			Sinks.One<MailOutcome> reply = Sinks.one();
			add(1, reply.asMono());
			StepVerifier.create(OutboxRelayOutcomeTests.this.relay.relay(Flux.just(true)))
				.expectSubscription()
				.then(() -> assertThat(OutboxRelayOutcomeTests.this.gates.get(0).commit()).isTrue())
				.then(OutboxRelayOutcomeTests.this.relay::cancelAttempts)
				.then(() -> assertThat(actions()).isEmpty())
				.then(() -> reply.tryEmitValue(SENT))
				.expectNextCount(1)
				.verifyComplete();
			assertThat(actions()).containsExactly("record SENT 1", "complete");
			assertThat(OutboxRelayOutcomeTests.this.mailboxes).containsExactly("ann@example.test");
		}

		@Test
		void claimsNoFurtherMails() {
			add(1, SENT);
			OutboxRelayOutcomeTests.this.relay.stopClaiming();
			run();
			assertThat(actions()).isEmpty();
		}

	}

	@Test
	void noMoreMailsAreInProgressThanConnections() {
		Sinks.One<MailOutcome> reply = Sinks.one();
		add(1, reply.asMono());
		add(1, Mono.never());
		add(1, Mono.never());
		StepVerifier.create(this.relay.relay(Flux.just(true)))
			.then(() -> assertThat(this.gates).hasSize(2))
			.then(() -> reply.tryEmitValue(SENT))
			.expectNextCount(1)
			.then(() -> assertThat(this.gates).hasSize(3))
			.thenCancel()
			.verify();
	}

	private QueuedMail add(int attempt, MailOutcome outcome) {
		return add(attempt, Mono.just(outcome));
	}

	private QueuedMail add(int attempt, Mono<MailOutcome> outcome) {
		this.outcomes.add(outcome);
		return this.outbox.add(StubType.NAME, attempt);
	}

	private void run() {
		this.relay.relay(Flux.just(true)).blockLast(Duration.ofSeconds(10));
	}

	private List<String> actions() {
		return this.outbox.actions();
	}

	private Mono<MailOutcome> send(QueuedMail mail, MailMessage message, DeliveryGate gate) {
		this.gates.add(gate);
		return this.outcomes.remove();
	}

	private static MailProperties properties() {
		return new MailProperties(null, 587, null, null, TransportStrategy.SMTP_TLS, "", null, null, 2,
				Duration.ofSeconds(30), Duration.ofSeconds(60), List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)),
				Duration.ofSeconds(2), 20);
	}

	/**
	 * Lists a mailbox once for each mail that is counted for it.
	 */
	private final class CountedMailboxes implements MailboxQuota {

		@Override
		public Mono<Optional<Duration>> tryAcquire(String mailbox) {
			OutboxRelayOutcomeTests.this.mailboxes.add(mailbox);
			return Mono.just(OutboxRelayOutcomeTests.this.excess);
		}

		@Override
		public Mono<Void> release(String mailbox) {
			return Mono.fromRunnable(() -> OutboxRelayOutcomeTests.this.mailboxes.remove(mailbox));
		}

	}

	/**
	 * A type of mail whose message and result a test can change.
	 */
	private static final class StubType implements MailType {

		static final String NAME = "stub";

		private Mono<MailMessage> message = message();

		private boolean records = true;

		private boolean limitedByRequest;

		private final List<Boolean> recorded = new ArrayList<>();

		private final List<Boolean> committed = new ArrayList<>();

		static Mono<MailMessage> message() {
			return Mono.just(new MailMessage(EmailAddress.of("Ann+tag@example.test"), "Subject", "stub", Locale.ENGLISH,
					Map.of()));
		}

		@Override
		public String name() {
			return NAME;
		}

		@Override
		public boolean isLimitedByRequest() {
			return this.limitedByRequest;
		}

		@Override
		public Mono<MailMessage> compose(QueuedMail mail) {
			return this.message;
		}

		@Override
		public Mono<Boolean> recordOutcome(QueuedMail mail, boolean sent) {
			this.recorded.add(sent);
			return Mono.just(this.records);
		}

		@Override
		public void afterCommit(QueuedMail mail, boolean sent) {
			this.committed.add(sent);
		}

	}

}
