package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.invitation.PairModel.Command;
import dev.latchkey.invitation.PairModel.Step;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each pair of commands on one invitation at the same time. The first commit wins,
 * and the other command gets the result that belongs to the new state. So results and
 * state must be the same as if the two commands had run one after the other.
 */
@ServiceTest
class PairRaceTests {

	private static final int ROUNDS = Integer.getInteger("latchkey.test.pair-rounds", 5);

	static TestDatabase database;

	static Service service;

	static OutboxRecord outbox;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.sweep-interval", "1h")
			.start();
		outbox = OutboxRecord.of(database, false);
	}

	@AfterAll
	static void checkAllAccountsAndStop() {
		service.bean(ExpirySweep.class).sweep().block();
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
		service.close();
	}

	static Stream<Arguments> pairs() {
		return Arrays.stream(Command.values())
			.flatMap((first) -> Arrays.stream(Command.values())
				.filter((second) -> first.compareTo(second) <= 0)
				.map((second) -> Arguments.of(first, second)));
	}

	@ParameterizedTest(name = "{0} and {1}")
	@MethodSource("pairs")
	void resultsAreThoseOfOneOrder(Command one, Command other) {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		for (int round = 0; round < ROUNDS; round++) {
			race(fixture.withInvitee(RandomCommands.aCaller()), one, other, false);
			race(fixture.withInvitee(RandomCommands.aCaller()), one, other, true);
		}
	}

	/**
	 * Results and state must be those of one order or of the other.
	 */
	private static void race(InvitationFixture fixture, Command one, Command other, boolean overdue) {
		Invitation invitation = fixture.invite();
		if (overdue) {
			fixture.age(invitation);
		}
		PairModel before = overdue ? PairModel.OVERDUE : PairModel.LIVE;
		List<String> results = Objects.requireNonNull(Mono
			.zip(InvitationFixture.result(command(fixture, invitation, one)),
					InvitationFixture.result(command(fixture, invitation, other)))
			.map((both) -> List.of(both.getT1(), both.getT2()))
			.block());
		Step oneFirst = before.apply(one);
		Step otherSecond = oneFirst.after().apply(other);
		Step otherFirst = before.apply(other);
		Step oneSecond = otherFirst.after().apply(one);
		assertThat(List.of(results, currentState(fixture, invitation))).as("%s and %s on %s", one, other, before)
			.isIn(List.of(List.of(List.of(oneFirst.result(), otherSecond.result()), otherSecond.after()),
					List.of(List.of(oneSecond.result(), otherFirst.result()), oneSecond.after())));
	}

	private static Mono<?> command(InvitationFixture fixture, Invitation invitation, Command command) {
		return switch (command) {
			case ACCEPT -> fixture.accept(invitation);
			case DECLINE -> fixture.decline(invitation);
			case REVOKE -> fixture.revoke(invitation);
			case RESEND -> fixture.resend(invitation);
			case EDIT -> fixture.edit(invitation, "quotes");
			case SWEEP -> service.bean(ExpirySweep.class).sweep();
			case INVITE_AGAIN -> fixture.create(fixture.invitee().email());
		};
	}

	private static PairModel currentState(InvitationFixture fixture, Invitation invitation) {
		Invitation current = fixture.current(invitation);
		Map<String, Object> other = database
			.rows("""
					select exists (select 1 from invitation where account_id = ? and canonical_email = ? and id <> ?
					                                          and status = 'PENDING') as another,
					       coalesce((select case when permissions = array['quotes'] then 2 else 1 end
					                   from membership where account_id = ? and user_id = ?), 0) as granted
					""", fixture.account().value(), fixture.invitee().email().canonical(), invitation.id().value(),
					fixture.account().value(), fixture.invitee().user().value())
			.get(0);
		return new PairModel(current.status(), current.tokenVersion(), current.version(),
				((Number) Objects.requireNonNull(other.get("granted"))).intValue(),
				Boolean.TRUE.equals(other.get("another")));
	}

	@Test
	void aHundredConcurrentAcceptsSucceedAndChangeOnce() {
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		Person invitee = users.aUser();
		Response invited = owner.invite(invitee.address(), "invoices");
		String token = token(owner, invited);
		List<Response> answers = Concurrently.run(100,
				() -> invitee.client().post("/invitations/accept", Map.of("token", token)));
		assertThat(answers).extracting(Response::status).containsOnly(200);
		assertThat(answers).extracting(Response::text).containsOnly(answers.get(0).text());
		assertAcceptedOnce(invited, invitee.id());
	}

	@Test
	void fiveConcurrentAcceptsOfANewUserSucceedAndCreateOneLogin() {
		Owner owner = new TestUsers(service).anOwner();
		String address = TestUsers.anAddress();
		Response invited = owner.invite(address, "invoices");
		String token = token(owner, invited);
		List<Response> answers = Concurrently.run(5, () -> service.anonymous()
			.post("/invitations/accept", Map.of("token", token, "name", "New", "password", TestUsers.PASSWORD)));
		assertThat(answers).extracting(Response::status).containsOnly(200);
		assertThat(answers).extracting((answer) -> answer.json().at("/session/token").asString())
			.doesNotHaveDuplicates();
		assertThat(database.number("select count(*) from users where canonical_email = ?", address)).isOne();
		assertAcceptedOnce(invited, answers.get(0).json().at("/session/user/id").asString());
	}

	private static String token(Owner owner, Response invited) {
		return service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
	}

	private static void assertAcceptedOnce(Response invited, String user) {
		assertThat(database.number("select count(*) from membership where user_id = ?", UUID.fromString(user))).isOne();
		assertThat(database.number(
				"select count(*) from account_event where invitation_id = ? and type = 'invitation.accepted'",
				UUID.fromString(invited.at("id"))))
			.isOne();
	}

}
