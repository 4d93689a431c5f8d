package dev.latchkey.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.sql.PostgresErrors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command runs without a lock first. Only if nothing explains why it changed nothing,
 * it runs again under the lock of its account.
 */
class CommandExecutionTests {

	private static final AccountId ACCOUNT = new AccountId(UUID.randomUUID());

	/** Everything that happens, in order. */
	private final List<String> calls = new ArrayList<>();

	private final CommandExecution execution = new CommandExecution(this::lock, new RecordedTransactions(this.calls));

	/** The results of the command; the last one is repeated. */
	private final List<Mono<String>> results = new ArrayList<>();

	private Optional<ProblemCode> reason = Optional.empty();

	@Nested
	class CommandThatChangesSomething {

		@Test
		void runsOnceAndIsNotExplained() {
			results(Mono.just("changed"));
			StepVerifier.create(run()).expectNext("changed").verifyComplete();
			assertThat(CommandExecutionTests.this.calls).containsExactly("command");
		}

		@Test
		void runsOnlyWhenItsResultIsSubscribedTo() {
			results(Mono.just("changed"));
			run();
			assertThat(CommandExecutionTests.this.calls).isEmpty();
		}

	}

	@Nested
	class CommandThatChangesNothing {

		@Test
		void isRefusedForTheReasonThatTheStateGives() {
			results(Mono.empty());
			CommandExecutionTests.this.reason = Optional.of(ProblemCode.STALE);
			assertRefused(ProblemCode.STALE);
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "explain");
		}

		@Test
		void runsAgainUnderTheLockIfTheStateAllowsIt() {
			results(Mono.empty(), Mono.just("changed"));
			StepVerifier.create(run()).expectNext("changed").verifyComplete();
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "explain", "begin", "lock",
					"command", "commit");
		}

		@Test
		void isRefusedForAReasonThatAppearsLater() {
			results(Mono.empty(), Mono.defer(() -> {
				this.reasonAppears();
				return Mono.empty();
			}));
			assertRefused(ProblemCode.OWNER_ONLY);
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "explain", "begin", "lock",
					"command", "commit", "explain");
		}

		@Test
		void isInFlightIfEveryAttemptMeetsAConcurrentChange() {
			results(Mono.empty());
			assertRefused(ProblemCode.REQUEST_IN_FLIGHT);
			assertThat(CommandExecutionTests.this.calls.get(0)).isEqualTo("command");
			assertThat(CommandExecutionTests.this.calls).filteredOn("lock"::equals).hasSize(4);
			assertThat(CommandExecutionTests.this.calls).last().isEqualTo("explain");
		}

		private void reasonAppears() {
			CommandExecutionTests.this.reason = Optional.of(ProblemCode.OWNER_ONLY);
		}

	}

	@Nested
	class CommandThatWasRunBefore {

		@Test
		void hasItsExistingResult() {
			results(Mono.empty());
			StepVerifier.create(run(Mono.just("existing"))).expectNext("existing").verifyComplete();
			assertThat(CommandExecutionTests.this.calls).containsExactly("command");
		}

		@Test
		void runsAgainUnderTheLockIfThereIsNoResultYet() {
			results(Mono.empty());
			Iterator<Mono<String>> reads = List.of(Mono.<String>empty(), Mono.just("existing")).iterator();
			StepVerifier.create(run(Mono.defer(reads::next))).expectNext("existing").verifyComplete();
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "begin", "lock", "command",
					"commit");
		}

		@Test
		void isNotReadAfterAChange() {
			results(Mono.just("changed"));
			StepVerifier.create(run(Mono.error(new AssertionError("read")))).expectNext("changed").verifyComplete();
		}

		private Mono<String> run(Mono<String> existing) {
			return CommandExecutionTests.this.execution.run(ACCOUNT, command()).orExistingResult(existing);
		}

	}

	@Nested
	class DuplicateKey {

		@Test
		void meansThatTheStatementReadAnOldSnapshot() {
			results(Mono.error(PostgresErrors.duplicateKey("invitation_one_pending")), Mono.just("changed"));
			StepVerifier.create(run()).expectNext("changed").verifyComplete();
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "explain", "begin", "lock",
					"command", "commit");
		}

		@Test
		void isExplainedByTheStateIfPossible() {
			results(Mono.error(PostgresErrors.duplicateKey("invitation_one_pending")));
			CommandExecutionTests.this.reason = Optional.of(ProblemCode.INVITATION_PENDING);
			assertRefused(ProblemCode.INVITATION_PENDING);
		}

		@Test
		void ofAReceiptIsLeftToTheCaller() {
			results(Mono.error(PostgresErrors.duplicateKey("idempotency_receipt_pkey")));
			StepVerifier.create(run()).verifyErrorMatches(IdempotencyReceipts::isDuplicateReceipt);
			assertThat(CommandExecutionTests.this.calls).containsExactly("command");
		}

	}

	@Nested
	class OtherError {

		@Test
		void isNotExplainedAndNotTriedAgain() {
			results(Mono.error(new UnsupportedOperationException("broken")));
			StepVerifier.create(run()).verifyErrorMessage("broken");
			assertThat(CommandExecutionTests.this.calls).containsExactly("command");
		}

		@Test
		void underTheLockIsNotTakenForAConcurrentChange() {
			results(Mono.empty(), Mono.error(new IllegalStateException("broken")));
			StepVerifier.create(run())
				.verifyErrorSatisfies(
						(error) -> assertThat(error).isInstanceOf(IllegalStateException.class).hasMessage("broken"));
		}

		@Test
		void underTheLockRollsBackAndIsNotTriedAgain() {
			results(Mono.empty(), Mono.error(new UnsupportedOperationException("broken")));
			StepVerifier.create(run()).verifyErrorMessage("broken");
			assertThat(CommandExecutionTests.this.calls).containsExactly("command", "explain", "begin", "lock",
					"command", "roll back");
		}

	}

	@SafeVarargs
	private void results(Mono<String>... values) {
		for (Mono<String> value : values) {
			this.results.add(value);
		}
	}

	private Mono<String> run() {
		return this.execution.run(ACCOUNT, command()).orExplain(Mono.defer(this::explain));
	}

	private Mono<String> command() {
		return Mono.defer(() -> {
			this.calls.add("command");
			return (this.results.size() > 1) ? this.results.remove(0) : this.results.get(0);
		});
	}

	private Mono<Void> explain() {
		this.calls.add("explain");
		return Mono.justOrEmpty(this.reason).flatMap((code) -> Mono.error(DomainException.of(code)));
	}

	private Mono<Void> lock(AccountId account) {
		return Mono.fromRunnable(() -> {
			assertThat(account).isEqualTo(ACCOUNT);
			this.calls.add("lock");
		});
	}

	private void assertRefused(ProblemCode code) {
		StepVerifier.create(run())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(refusal) -> assertThat(refusal.code()).isEqualTo(code)));
	}

}
