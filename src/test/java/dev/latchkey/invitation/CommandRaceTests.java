package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs all commands at the same time on a few invitations. Each change is made once, the
 * sequence numbers of the events have no gap, and the counters are exact. A command that
 * comes too late gets one of the problems that are defined for it.
 */
@DatabaseTest
class CommandRaceTests {

	/** The allowed results, each as "command: result". */
	private static final Set<String> ALLOWED = new TreeSet<>(Arrays.asList("create: ok", "create: invitation-pending",
			"create: already-member", "create: request-in-flight", "resend: ok", "resend: wrong-status",
			"resend: already-member", "resend: invitation-pending", "resend: request-in-flight", "revoke: ok",
			"revoke: wrong-status", "decline: ok", "decline: repeated", "decline: used", "decline: revoked",
			"decline: superseded", "decline: expired", "accept: ok", "accept: repeated", "accept: used",
			"accept: revoked", "accept: superseded", "accept: expired", "accept: already-member", "edit: ok",
			"edit: wrong-status", "edit: stale", "edit member: ok", "edit member: stale", "edit member: not-found",
			"remove: ok", "remove: not-found", "leave: ok", "leave: not-found", "sweep: ok", "age: ok", "deliver: ok"));

	/** The type of the event that a successful command appends, by command. */
	private static final Map<String, String> EVENTS = Map.of("create", "invitation.created", "resend",
			"invitation.resent", "revoke", "invitation.revoked", "decline", "invitation.declined", "accept",
			"invitation.accepted", "edit", "invitation.permissions-changed", "edit member",
			"member.permissions-changed", "remove", "member.removed", "leave", "member.left");

	static TestDatabase database;

	static Service service;

	static OutboxRecord outbox;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.max-resends-per-day", "1000000")
			.set("latchkey.invitations.max-creations-per-day", "1000000")
			.set("latchkey.invitations.sweep-interval", "20ms")
			.start();
		outbox = OutboxRecord.of(database, false);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void everyChangeIsMadeOnceAndEveryProblemIsADefinedOne(TestReporter reporter) {
		int attempts = Integer.getInteger("latchkey.test.race-attempts", 2_500);
		RandomCommands commands = new RandomCommands(service, 3, 4);
		long start = System.nanoTime();
		commands.run(attempts, 32);
		Map<String, Long> results = commands.results();
		reporter.publishEntry(Map.of("attempts", attempts + " in " + (System.nanoTime() - start) / 1_000_000 + " ms",
				"results", results.toString()));
		assertThat(ALLOWED).as(results.toString()).containsAll(results.keySet());
		assertThat(results.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(attempts);
		assertThat(results).containsKeys("create: ok", "resend: ok", "revoke: ok", "decline: ok", "accept: ok",
				"edit: ok", "edit member: ok", "remove: ok", "leave: ok");
		assertThat(inFlightCount(results)).as("results that ask the client to try again").isLessThan(attempts / 100);
		service.bean(ExpirySweep.class).sweep().block();
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
		EVENTS.forEach((command, event) -> assertThat(results).as("successes of %s", command)
			.containsEntry(command + ": ok",
					database.number("select count(*) from account_event e join account a on a.id = e.account_id"
							+ " where a.name = 'Raced' and e.type = ?", event)));
	}

	@Test
	void concurrentRequestsNeverFailAndNeverRepeatAChange() {
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		List<Person> invitees = List.of(users.aUser(), users.aUser(), users.aUser());
		List<String> answers = Concurrently
			.run(16, () -> IntStream.range(0, 25)
				.boxed()
				.flatMap((round) -> runRound(owner, invitees.get(round % 3)))
				.toList())
			.stream()
			.flatMap(List::stream)
			.toList();
		assertThat(answers).allMatch((answer) -> answer.matches("(20[014]|40[49]|410|412) .*"));
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
	}

	/**
	 * Invites, then runs two random commands on the invitation that exists then. If other
	 * clients have ended it in the meantime, there is none.
	 */
	private static Stream<String> runRound(Owner owner, Person invitee) {
		Response invited = owner.invite(invitee.address(), "invoices");
		if (invited.code().equals("already-member")) {
			return Stream.of(invited, owner.client().delete(owner.path("/members/" + invitee.id())))
				.map(CommandRaceTests::line);
		}
		String id = (invited.status() == 201) ? invited.at("id") : invited.at("invitationId");
		if (id.isEmpty()) {
			return Stream.of(line(invited));
		}
		Response read = owner.client().get(owner.path("/invitations/" + id));
		return Stream.of(invited, read, randomCommand(owner, invitee, read), randomCommand(owner, invitee, read))
			.map(CommandRaceTests::line);
	}

	private static Response randomCommand(Owner owner, Person invitee, Response read) {
		String path = owner.path("/invitations/" + read.at("id"));
		String token = service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(read.at("id")),
					read.json().path("sendCount").asInt())
			.text();
		return switch (ThreadLocalRandom.current().nextInt(5)) {
			case 0 -> owner.client().send("POST", path + "/resend", null);
			case 1 -> owner.client().send("POST", path + "/revoke", null);
			case 2 -> owner.client()
				.put(path + "/permissions", Map.of("permissions", List.of("quotes")), "If-Match",
						String.valueOf(read.header("ETag")));
			case 3 -> service.anonymous().post("/invitations/decline", Map.of("token", token));
			default -> invitee.client().post("/invitations/accept", Map.of("token", token));
		};
	}

	private static String line(Response answer) {
		return answer.status() + " " + ((answer.status() >= 400) ? answer.code() : "ok");
	}

	private static long inFlightCount(Map<String, Long> results) {
		return results.entrySet()
			.stream()
			.filter((result) -> result.getKey().endsWith("request-in-flight"))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

}
