package dev.latchkey.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs random commands on the service and compares each result, and all rows, with those
 * of the {@link Model}. A difference is reported with the shortest sequence that shows
 * it.
 */
@DatabaseTest
class ServiceModelTests {

	private static final int DEFAULT_SEQUENCES = 50;

	private static final int SEQUENCES = Integer.getInteger("latchkey.test.model-sequences", DEFAULT_SEQUENCES);

	private static final int LENGTH = 60;

	private static final int MAX_SHRINKING_RUNS = 300;

	/**
	 * Results that the sequences must reach, so that the comparison is worth something.
	 */
	private static final List<String> REACHED = List.of("Create ok", "Create repeated", "Create already-member",
			"Create invitation-pending", "Create too-many-pending", "Create limit-reached",
			"Create idempotency-key-reused", "CreateMany ok", "Resend ok", "Resend resend-too-soon",
			"Resend wrong-status", "Revoke ok", "Revoke wrong-status", "Edit ok", "Edit stale", "Edit wrong-status",
			"Accept ok", "Accept repeated", "Accept expired", "Accept revoked", "Accept used",
			"Accept invitation-email-mismatch", "AcceptAsNewUser ok", "AcceptAsNewUser login-exists",
			"AcceptAsNewUser used", "Decline ok", "Decline repeated", "Decline used", "EditMember ok",
			"EditMember stale", "RemoveMember ok", "Leave ok", "Leave owner-immutable", "OfferOwnership ok",
			"EndOffer ok", "AcceptOwnership ok");

	/** The seed of the first sequence; each further one has the next seed. */
	private static final long SEED = Long.getLong("latchkey.test.seed", 20260504L);

	static TestDatabase database;

	static Service service;

	static String passwordHash;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Limits.configure(Service.on(database)).set("latchkey.mail.poll-interval", "1h").start();
		StoredLog.recordMails(database);
		passwordHash = Comparison.passwordHash(service);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void theServiceDoesWhatTheModelSays(TestReporter reporter) {
		Map<String, Integer> results = new TreeMap<>();
		long start = System.nanoTime();
		for (long seed = SEED; seed < SEED + SEQUENCES; seed++) {
			run(seed, (command, result) -> results.merge(command.getClass().getSimpleName() + " " + result.outcome(), 1,
					Integer::sum));
		}
		long millis = (System.nanoTime() - start) / 1_000_000;
		System.out.println("MODEL " + millis + " ms " + results);
		reporter.publishEntry(Map.of("seeds", SEED + " to " + (SEED + SEQUENCES - 1), "time", millis + " ms",
				"commands", Integer.toString(results.values().stream().mapToInt(Integer::intValue).sum()), "results",
				results.toString()));
		new AccountAudit(database).check();
		if (SEQUENCES >= DEFAULT_SEQUENCES) {
			assertThat(results).containsKeys(REACHED.toArray(String[]::new));
		}
	}

	private static void run(long seed, BiConsumer<Command, Result> onResult) {
		Sequence sequence = new Sequence(comparison(), onResult);
		Optional<String> difference = sequence.runRandom(seed, LENGTH);
		difference.ifPresent((found) -> report(seed, sequence.commands(), found));
	}

	private static void report(long seed, List<Command> commands, String difference) {
		List<Command> shortest = new Shrinking((candidate) -> replay(candidate).isPresent(), MAX_SHRINKING_RUNS)
			.shrink(commands);
		fail("The service differs from the model (-Dlatchkey.test.seed=%d -Dlatchkey.test.model-sequences=1):%n%s"
			.formatted(seed, replay(shortest).orElse(difference)));
	}

	private static Optional<String> replay(List<Command> commands) {
		return new Sequence(comparison(), (command, result) -> {
		}).run(commands);
	}

	private static Comparison comparison() {
		return new Comparison(service, database, passwordHash);
	}

}
