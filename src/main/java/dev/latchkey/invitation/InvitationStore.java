package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * How an invitation is read from its row: the one place that says when one has run out.
 */
class InvitationStore {

	/**
	 * The columns of an invitation aliased {@code i}.
	 */
	static final String COLUMNS = """
			i.account_id, i.id, i.number, i.inviter_id, i.email, i.canonical_email, i.permissions, i.locale,
			case when i.status = 'PENDING' and i.expires_at <= now() then 'EXPIRED' else i.status end as status,
			i.delivery_status, i.token_version, i.version, i.send_count, i.created_at, i.issued_at, i.expires_at,
			case when i.status = 'PENDING' and i.expires_at <= now() then i.expires_at else i.ended_at end as ended_at,
			i.accepted_by, i.decline_reason
			""";

	private final DatabaseClient database;

	InvitationStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Finds an invitation of an account.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> find(AccountId account, InvitationId id) {
		return this.database
			.sql("select " + COLUMNS + " from invitation i where i.account_id = :account and i.id = :id")
			.bind("account", account.value())
			.bind("id", id.value())
			.map(InvitationStore::invitation)
			.one();
	}

	/**
	 * Finds the invitation that a reminder is of.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> findOfReminder(AccountId account, UUID reminder) {
		return this.database
			.sql("select " + COLUMNS + " from invitation i where i.account_id = :account and i.reminder_id = :reminder")
			.bind("account", account.value())
			.bind("reminder", reminder)
			.map(InvitationStore::invitation)
			.one();
	}

	/**
	 * Finds the open invitation that stands in the way of another for the same address.
	 * @return its id, or empty
	 */
	Mono<InvitationId> findPending(AccountId account, EmailAddress email) {
		return this.database.sql("""
				select id from invitation
				 where account_id = :account and canonical_email = :email and status = 'PENDING' and expires_at > now()
				""")
			.bind("account", account.value())
			.bind("email", email.canonical())
			.map((row) -> new InvitationId(Columns.uuid(row, "id")))
			.one();
	}

	/**
	 * Whether the address belongs to a member already.
	 */
	Mono<Boolean> isMember(AccountId account, EmailAddress email) {
		return this.database
			.sql("""
					select exists (select 1 from membership where account_id = :account and canonical_email = :email) as found
					""")
			.bind("account", account.value())
			.bind("email", email.canonical())
			.map((row) -> Columns.booleanValue(row, "found"))
			.one();
	}

	/**
	 * Whether the inviter owns the account at this moment.
	 */
	Mono<Boolean> inviterOwns(Invitation invitation) {
		return this.database.sql("select owner_id = :inviter as owns from account where id = :account")
			.bind("inviter", invitation.inviter().value())
			.bind("account", invitation.account().value())
			.map((row) -> Columns.booleanValue(row, "owns"))
			.one();
	}

	/**
	 * The names of the account and of the inviter.
	 */
	Mono<InvitationParties> parties(Invitation invitation) {
		return this.database.sql("""
				select a.name as account_name, p.name as inviter_name
				  from account a join account_person p on p.account_id = a.id and p.user_id = :inviter
				 where a.id = :account
				""")
			.bind("inviter", invitation.inviter().value())
			.bind("account", invitation.account().value())
			.map((row) -> new InvitationParties(invitation.account(), Columns.string(row, "account_name"),
					Columns.string(row, "inviter_name")))
			.one();
	}

	/**
	 * How long a resend must wait for the mail before.
	 * @return the wait, or empty if it need not
	 */
	Mono<Duration> cooldown(AccountId account, InvitationId id, Duration cooldown) {
		return this.database.sql("""
				select extract(epoch from issued_at + make_interval(secs => :cooldown) - now())::float8 as wait
				  from invitation
				 where account_id = :account and id = :id and issued_at > now() - make_interval(secs => :cooldown)
				""")
			.bind("account", account.value())
			.bind("id", id.value())
			.bind("cooldown", seconds(cooldown))
			.map((row) -> Duration.ofSeconds((long) Math.ceil(Columns.doubleValue(row, "wait"))))
			.one();
	}

	static Invitation invitation(Readable row) {
		return new Invitation(new AccountId(Columns.uuid(row, "account_id")), new InvitationId(Columns.uuid(row, "id")),
				Columns.longValue(row, "number"), new UserId(Columns.uuid(row, "inviter_id")),
				new EmailAddress(Columns.string(row, "email"), Columns.string(row, "canonical_email")),
				PermissionSet.ofKeys(Columns.strings(row, "permissions")),
				Locale.forLanguageTag(Columns.string(row, "locale")),
				InvitationStatus.valueOf(Columns.string(row, "status")),
				DeliveryStatus.valueOf(Columns.string(row, "delivery_status")), Columns.intValue(row, "token_version"),
				Columns.intValue(row, "version"), Columns.intValue(row, "send_count"),
				Columns.instant(row, "created_at"), Columns.instant(row, "issued_at"),
				Columns.instant(row, "expires_at"), row.get("ended_at", Instant.class), acceptedBy(row),
				row.get("decline_reason", String.class));
	}

	static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	private static @Nullable UserId acceptedBy(Readable row) {
		return Optional.ofNullable(row.get("accepted_by", UUID.class)).map(UserId::new).orElse(null);
	}

}
