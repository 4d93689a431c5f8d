package dev.latchkey.invitation;

/**
 * The invitee's commands, one statement each.
 */
record InviteeCommands(AcceptInvitation accept, DeclineInvitation decline) {

}
