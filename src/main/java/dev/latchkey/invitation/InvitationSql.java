package dev.latchkey.invitation;

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

/**
 * The parts of SQL that several statements share: when an invitation is live, when it is
 * overdue, and how it is read.
 */
final class InvitationSql {

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

	private InvitationSql() {
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

	private static @Nullable UserId acceptedBy(Readable row) {
		return Optional.ofNullable(row.get("accepted_by", UUID.class)).map(UserId::new).orElse(null);
	}

}
