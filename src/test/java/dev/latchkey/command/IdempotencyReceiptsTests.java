package dev.latchkey.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.PostgresErrors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command with an idempotency key runs once. The same request again gets the present
 * state of what the first one created.
 */
class IdempotencyReceiptsTests {

	private static final UUID SHARD = UUID.randomUUID();

	private static final UserId CALLER = new UserId(UUID.randomUUID());

	private static final UUID SUBJECT = UUID.randomUUID();

	private static final IdempotencyKey KEY = IdempotencyKey.of("once", "create", "Acme");

	private final InMemoryReceiptStore store = new InMemoryReceiptStore();

	private final IdempotencyReceipts receipts = new IdempotencyReceipts(this.store);

	private final List<String> calls = new ArrayList<>();

	@Nested
	class RequestWithoutAKey {

		@Test
		void runsEachTime() {
			for (int time = 0; time < 2; time++) {
				StepVerifier.create(run(Optional.empty(), command("created")))
					.expectNext(new CommandResult<>("created", false))
					.verifyComplete();
			}
			assertThat(IdempotencyReceiptsTests.this.calls).containsExactly("command", "command");
		}

		@Test
		void isRefusedAsItIs() {
			assertRefused(run(Optional.empty(), Mono.error(DomainException.of(ProblemCode.OWNER_ONLY))),
					ProblemCode.OWNER_ONLY);
		}

	}

	@Nested
	class FirstRequest {

		@Test
		void runsTheCommand() {
			StepVerifier.create(run(Optional.of(KEY), command("created")))
				.expectNext(new CommandResult<>("created", false))
				.verifyComplete();
			assertThat(IdempotencyReceiptsTests.this.calls).containsExactly("command");
		}

		@Test
		void isRefusedForTheReasonOfTheCommand() {
			assertRefused(run(Optional.of(KEY), Mono.error(DomainException.of(ProblemCode.OWNER_ONLY))),
					ProblemCode.OWNER_ONLY);
		}

		@Test
		void failsWithTheErrorOfTheCommand() {
			StepVerifier.create(run(Optional.of(KEY), Mono.error(new UnsupportedOperationException("broken"))))
				.verifyErrorMessage("broken");
		}

	}

	@Nested
	class RepeatedRequest {

		@Test
		void getsThePresentStateAndDoesNotRunTheCommand() {
			complete(KEY);
			StepVerifier.create(run(Optional.of(KEY), command("created")))
				.expectNext(new CommandResult<>("present state of " + SUBJECT, true))
				.verifyComplete();
			assertThat(IdempotencyReceiptsTests.this.calls).containsExactly("load");
		}

		@Test
		void isReplayedIfTheFirstOneCommitsItsReceiptEarlier() {
			Mono<String> overtaken = Mono.defer(() -> {
				complete(KEY);
				return Mono.error(PostgresErrors.duplicateKey("idempotency_receipt_pkey"));
			});
			StepVerifier.create(run(Optional.of(KEY), overtaken))
				.expectNext(new CommandResult<>("present state of " + SUBJECT, true))
				.verifyComplete();
		}

		@Test
		void isReplayedIfTheChangeOfTheFirstOneIsTheReasonOfTheRefusal() {
			Mono<String> overtaken = Mono.defer(() -> {
				complete(KEY);
				return Mono.error(DomainException.of(ProblemCode.INVITATION_PENDING));
			});
			StepVerifier.create(run(Optional.of(KEY), overtaken))
				.expectNext(new CommandResult<>("present state of " + SUBJECT, true))
				.verifyComplete();
		}

		@Test
		void isNotReplayedAfterAnErrorThatCannotMeanADuplicate() {
			Mono<String> broken = Mono.defer(() -> {
				complete(KEY);
				return Mono.error(PostgresErrors.duplicateKey("account_pkey"));
			});
			StepVerifier.create(run(Optional.of(KEY), broken))
				.verifyErrorMatches((error) -> !IdempotencyReceipts.isDuplicateReceipt(error));
		}

	}

	@Nested
	class ReusedKey {

		private final IdempotencyKey reused = IdempotencyKey.of(KEY.key(), "create", "Other");

		@Test
		void isRefusedForAnotherContent() {
			complete(KEY);
			assertRefused(run(Optional.of(this.reused), command("created")), ProblemCode.IDEMPOTENCY_KEY_REUSED);
			assertThat(IdempotencyReceiptsTests.this.calls).isEmpty();
		}

		@Test
		void isRefusedIfTheOtherRequestCommitsEarlier() {
			Mono<String> overtaken = Mono.defer(() -> {
				complete(KEY);
				return Mono.error(PostgresErrors.duplicateKey("idempotency_receipt_pkey"));
			});
			assertRefused(run(Optional.of(this.reused), overtaken), ProblemCode.IDEMPOTENCY_KEY_REUSED);
		}

		@Test
		void isAllowedForAnotherCaller() {
			complete(KEY);
			StepVerifier
				.create(IdempotencyReceiptsTests.this.receipts.runOnce(SHARD, new UserId(UUID.randomUUID()),
						Optional.of(this.reused), IdempotencyReceiptsTests.this::load, command("created")))
				.expectNext(new CommandResult<>("created", false))
				.verifyComplete();
		}

	}

	private Mono<CommandResult<String>> run(Optional<IdempotencyKey> key, Mono<String> command) {
		return this.receipts.runOnce(SHARD, CALLER, key, this::load, command);
	}

	private Mono<String> load(UUID subject) {
		return Mono.fromSupplier(() -> {
			this.calls.add("load");
			return "present state of " + subject;
		});
	}

	private Mono<String> command(String result) {
		return Mono.fromSupplier(() -> {
			this.calls.add("command");
			return result;
		});
	}

	private void complete(IdempotencyKey key) {
		this.store.insert(SHARD, CALLER, Map.of(key, SUBJECT)).subscribe();
	}

	private static void assertRefused(Mono<?> result, ProblemCode code) {
		StepVerifier.create(result)
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(refusal) -> assertThat(refusal.code()).isEqualTo(code)));
	}

}
