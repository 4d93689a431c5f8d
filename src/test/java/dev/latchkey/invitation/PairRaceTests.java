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
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
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
 * Each two commands on one invitation at once: the first commit wins, the other hears the
 * state that it finds, and what is left is what one after the other would have left.
 */
class PairRaceTests {

	private static final int ROUNDS = Integer.getInteger("latchkey.test.pair-rounds", 8);

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
	static void everythingIsInOrder() {
		service.bean(ExpirySweep.class).sweep().block();
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
		service.close();
	}

	static Stream<Arguments> pairs() {
		return Arrays.stream(Command.values())
			.flatMap((one) -> Arrays.stream(Command.values())
				.filter((other) -> one.compareTo(other) <= 0)
				.map((other) -> Arguments.of(one, other)));
	}

	@ParameterizedTest(name = "{0} and {1}")
	@MethodSource("pairs")
	void theFirstCommitWinsAndTheOtherHearsThePresentState(Command one, Command other) {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		for (int round = 0; round < ROUNDS; round++) {
			race(fixture.withInvitee(RandomCommands.somebody()), one, other, false);
			race(fixture.withInvitee(RandomCommands.somebody()), one, other, true);
		}
	}

	/**
	 * Answers and state must be those of one order or of the other.
	 */
	private static void race(InvitationFixture fixture, Command one, Command other, boolean overdue) {
		Invitation invitation = fixture.invite();
		if (overdue) {
			fixture.age(invitation);
		}
		PairModel before = overdue ? PairModel.OVERDUE : PairModel.LIVE;
		List<String> answers = Objects.requireNonNull(Mono
			.zip(InvitationFixture.answer(command(fixture, invitation, one)),
					InvitationFixture.answer(command(fixture, invitation, other)))
			.map((both) -> List.of(both.getT1(), both.getT2()))
			.block());
		Step first = before.apply(one);
		Step second = first.after().apply(other);
		Step earlier = before.apply(other);
		Step later = earlier.after().apply(one);
		assertThat(List.of(answers, present(fixture, invitation))).as("%s and %s on %s", one, other, before)
			.isIn(List.of(List.of(List.of(first.answer(), second.answer()), second.after()),
					List.of(List.of(later.answer(), earlier.answer()), later.after())));
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

	private static PairModel present(InvitationFixture fixture, Invitation invitation) {
		Invitation now = fixture.now(invitation);
		Map<String, Object> beside = database
			.rows("""
					select exists (select 1 from invitation where account_id = ? and canonical_email = ? and id <> ?
					                                          and status = 'PENDING') as another,
					       coalesce((select case when permissions = array['quotes'] then 2 else 1 end
					                   from membership where account_id = ? and user_id = ?), 0) as granted
					""", fixture.account().value(), fixture.invitee().email().canonical(), invitation.id().value(),
					fixture.account().value(), fixture.invitee().user().value())
			.get(0);
		return new PairModel(now.status(), now.tokenVersion(), now.version(),
				((Number) Objects.requireNonNull(beside.get("granted"))).intValue(),
				Boolean.TRUE.equals(beside.get("another")));
	}

	@Test
	void ofAHundredAcceptsAtOnceOneSucceeds() {
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		Person invitee = users.aUser();
		Answer invited = owner.invite(invitee.address(), "invoices");
		String token = service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
		List<Answer> answers = Concurrently.run(100,
				() -> invitee.client().post("/invitations/accept", Map.of("token", token)));
		assertThat(answers).filteredOn((answer) -> answer.status() == 200).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 200)
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("410 used"));
		assertThat(database.number("select count(*) from membership where user_id = ?", UUID.fromString(invitee.id())))
			.isOne();
		assertThat(database.number(
				"select count(*) from account_event where invitation_id = ?" + " and type = 'invitation.accepted'",
				UUID.fromString(invited.at("id"))))
			.isOne();
	}

	@Test
	void ofFiveNewUsersWithOneLinkOneIsMade() {
		TestUsers users = new TestUsers(service);
		Owner owner = users.anOwner();
		String address = TestUsers.anAddress();
		Answer invited = owner.invite(address, "invoices");
		String token = service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
		List<Answer> answers = Concurrently.run(5, () -> service.anonymous()
			.post("/invitations/accept", Map.of("token", token, "name", "New", "password", TestUsers.PASSWORD)));
		assertThat(answers).filteredOn((answer) -> answer.status() == 200).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 200)
			.allSatisfy((answer) -> assertThat(answer.code()).isIn("login-exists", "used", "unavailable"));
		assertThat(database.number("select count(*) from users where canonical_email = ?", address)).isOne();
	}

}
