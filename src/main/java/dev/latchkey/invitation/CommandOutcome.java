package dev.latchkey.invitation;

import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;

/**
 * What a command of the owner's has changed.
 *
 * @param lapsed how many invitations, this one or others in its way, had run out and were
 * marked as expired by the same statement
 */
record CommandOutcome(Invitation invitation, int lapsed) {

	static CommandOutcome of(Readable row) {
		return new CommandOutcome(InvitationStore.invitation(row), Columns.intValue(row, "lapsed"));
	}

}
