package dev.latchkey.invitation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Members;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.ownership.OwnershipTransfers;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StatementRecorder;
import dev.latchkey.testing.StatementRecorder.Recorded;
import dev.latchkey.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements that the commands send to the database.
 */
@ServiceTest
class CommandStatementsTests {

	private static final StatementRecorder recorder = new StatementRecorder();

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.replace("recorder", ConnectionFactoryDecorator.class, recorder)
			.replace("notifier", InvitationNotifier.class, withoutMail())
			.set("latchkey.invitations.resend-cooldown", "0s")
			.set("latchkey.invitations.sweep-interval", "1h")
			.set("latchkey.mail.poll-interval", "1h")
			.set("latchkey.feed.poll-interval", "1h")
			.start();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/**
	 * So each transaction runs on one database node, and none waits for the locks of two
	 * accounts. Only the search for due accounts names those that it leaves out.
	 */
	@Test
	void noTransactionTouchesTwoAccounts() {
		new RandomCommands(service, 4, 3).run(4000, 16);
		Set<Object> accounts = database.rows("select id from account")
			.stream()
			.map((row) -> row.get("id"))
			.collect(Collectors.toSet());
		assertThat(recorder.idsByTransaction(accounts, (text) -> text.contains("account_id <> all(")))
			.hasSizeGreaterThan(4000)
			.allMatch((ids) -> ids.size() <= 1)
			.anyMatch((ids) -> !ids.isEmpty());
	}

	@Test
	void ownersCommandsAreOneStatementEach() {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		Invitations invitations = service.bean(Invitations.class);
		AccountId account = fixture.account();
		UserId owner = fixture.owner().user();
		Optional<IdempotencyKey> key = Optional.of(IdempotencyKey.of("once", "create"));
		NewInvitation wanted = new NewInvitation(fixture.invitee().email(), InvitationFixture.OFFERED, null, null);
		assertOneStatement("ok", invitations.create(account, owner, wanted, key));
		assertOneStatement("ok", invitations.create(account, owner, wanted, key));
		assertOneStatement("idempotency-key-reused",
				invitations.create(account, owner, wanted, Optional.of(IdempotencyKey.of("once", "another"))));
		assertOneStatement("invitation-pending", invitations.create(account, owner, wanted, Optional.empty()));
		assertOneStatement("not-found",
				invitations.create(account, fixture.invitee().user(), wanted, Optional.empty()));
		Invitation invitation = fixture.invite(RandomCommands.aCaller().email());
		assertOneStatement("ok", fixture.edit(invitation, "domains"));
		assertOneStatement("stale", fixture.edit(invitation, "domains"));
		assertOneStatement("ok", fixture.resend(invitation));
		assertOneStatement("ok", fixture.revoke(invitation));
		assertOneStatement("wrong-status", fixture.revoke(invitation));
	}

	@Test
	void inviteesCommandsAreOneStatementEach() {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		Invitation declined = fixture.invite();
		assertOneStatement("invitation-email-mismatch", fixture.withInvitee(RandomCommands.aCaller()).accept(declined));
		assertOneStatement("ok", fixture.decline(declined));
		assertOneStatement("ok", fixture.decline(declined));
		assertOneStatement("used", fixture.accept(declined));
		Invitation accepted = fixture.invite();
		assertOneStatement("ok", fixture.accept(accepted));
		assertOneStatement("ok", fixture.accept(accepted));
	}

	@Test
	void commandsOnMembersAreOneStatementEach() {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		fixture.addInviteeAsMember();
		Members members = service.bean(Members.class);
		AccountId account = fixture.account();
		UserId owner = fixture.owner().user();
		UserId member = fixture.invitee().user();
		PermissionSet permissions = PermissionSet.ofKeys(List.of("domains"));
		assertOneStatement("ok", members.editPermissions(account, owner, member, permissions, 1));
		assertOneStatement("stale", members.editPermissions(account, owner, member, permissions, 1));
		assertOneStatement("owner-immutable", members.leave(account, owner));
		assertOneStatement("ok", members.remove(account, owner, member));
		assertOneStatement("not-found", members.remove(account, owner, member));
		fixture.addInviteeAsMember();
		assertOneStatement("ok", members.leave(account, member));
	}

	@Test
	void commandsOnAccountsAreOneStatementEach() {
		InvitationFixture fixture = InvitationFixture.of(database, service);
		assertOneStatement("ok",
				service.bean(Accounts.class).create(fixture.owner(), "Second", Locale.ENGLISH, Optional.empty()));
		assertOneStatement("ok", service.bean(AccountSettings.class)
			.setValidity(fixture.account(), fixture.owner().user(), new ValidityDays(3)));
		fixture.addInviteeAsMember();
		OwnershipTransfers transfers = service.bean(OwnershipTransfers.class);
		assertOneStatement("not-found", transfers.accept(fixture.account(), fixture.invitee().user()));
		assertOneStatement("not-found", transfers.endOffer(fixture.account(), fixture.owner().user()));
	}

	/**
	 * Does not wake the relay, whose statements would be counted.
	 */
	private static InvitationNotifier withoutMail() {
		return new InvitationNotifier((account) -> {
		}, () -> {
		}, new InvitationCounters(new SimpleMeterRegistry()), new LimitCounter(new SimpleMeterRegistry()));
	}

	/**
	 * Background work that runs at the same time binds no ids.
	 */
	private static boolean hasId(Recorded statement) {
		return statement.parameters().values().stream().anyMatch(UUID.class::isInstance);
	}

	private static void assertOneStatement(String result, Mono<?> command) {
		int before = recorder.statements().size();
		assertThat(InvitationFixture.result(command).block()).isEqualTo(result);
		assertThat(recorder.statements().stream().skip(before)).filteredOn(CommandStatementsTests::hasId).hasSize(1);
	}

}
