package dev.latchkey.invitation;

import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;

/**
 * The result of an owner's command that has changed an invitation.
 *
 * @param markedExpired how many overdue invitations the same statement marked as expired:
 * this invitation or others for the same address
 */
record CommandOutcome(Invitation invitation, int markedExpired) {

	static CommandOutcome of(Readable row) {
		return new CommandOutcome(InvitationSql.invitation(row), Columns.intValue(row, "lapsed"));
	}

}
