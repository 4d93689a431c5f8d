package dev.latchkey.invitation;

/**
 * The owner's commands, one statement each.
 */
record InvitationCommands(CreateInvitation create, ResendInvitation resend, RevokeInvitation revoke,
		EditInvitation edit) {

}
