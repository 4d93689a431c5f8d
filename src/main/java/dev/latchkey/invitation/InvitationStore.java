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
 * Reads invitations and the state that decides about commands. Its SQL fragments define
 * when an invitation is live and when it is overdue.
 */
class InvitationStore {

	/**
	 * A condition: the invitation aliased {@code i} is pending and has not expired.
	 */
	static final String LIVE = "i.status = 'PENDING' and i.expires_at > now()";

	/**
	 * A condition: the invitation aliased {@code i} has expired, but is not marked as
	 * expired yet.
	 */
	static final String OVERDUE = "i.status = 'PENDING' and i.expires_at <= now()";

	/**
	 * The columns of the invitation aliased {@code i}. An overdue invitation is read as
	 * expired.
	 */
	static final String COLUMNS = """
			i.account_id, i.id, i.number, i.inviter_id, i.email, i.canonical_email, i.permissions, i.locale,
			case when %1$s then 'EXPIRED' else i.status end as status,
			i.delivery_status, i.token_version, i.version, i.send_count, i.created_at, i.issued_at, i.expires_at,
			case when %1$s then i.expires_at else i.ended_at end as ended_at,
			i.accepted_by, i.decline_reason
			""".formatted(OVERDUE);

	private static final String FIND = """
			select %s
			  from invitation i
			 where i.account_id = :account and i.id = :id
			""".formatted(COLUMNS);

	private static final String FIND_BY_REMINDER = """
			select %s
			  from invitation i
			 where i.account_id = :account and i.reminder_id = :reminder
			""".formatted(COLUMNS);

	private static final String FIND_LIVE = """
			select i.id from invitation i
			 where i.account_id = :account and i.canonical_email = :email and %s
			""".formatted(LIVE);

	private final DatabaseClient database;

	InvitationStore(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Finds an invitation of an account.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> find(AccountId account, InvitationId id) {
		return this.database.sql(FIND)
			.bind("account", account.value())
			.bind("id", id.value())
			.map(InvitationStore::invitation)
			.one();
	}

	/**
	 * Finds the invitation of a reminder.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> findByReminder(AccountId account, UUID reminder) {
		return this.database.sql(FIND_BY_REMINDER)
			.bind("account", account.value())
			.bind("reminder", reminder)
			.map(InvitationStore::invitation)
			.one();
	}

	/**
	 * Finds the live invitation of an address; an account has at most one.
	 * @return its id, or empty
	 */
	Mono<InvitationId> findLive(AccountId account, EmailAddress email) {
		return this.database.sql(FIND_LIVE)
			.bind("account", account.value())
			.bind("email", email.canonical())
			.map((row) -> new InvitationId(Columns.uuid(row, "id")))
			.one();
	}

	/**
	 * Whether the address belongs to a member of the account.
	 */
	Mono<Boolean> isMember(AccountId account, EmailAddress email) {
		return this.database.sql("""
				select exists (select 1 from membership
				                where account_id = :account and canonical_email = :email) as found
				""")
			.bind("account", account.value())
			.bind("email", email.canonical())
			.map((row) -> Columns.booleanValue(row, "found"))
			.one();
	}

	/**
	 * Whether the inviter is still the owner of the account.
	 */
	Mono<Boolean> isInviterOwner(Invitation invitation) {
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
