/** Invitations over HTTP: the owner's side and the invitee's. */
@NullMarked
package dev.latchkey.invitation.web;

import org.jspecify.annotations.NullMarked;
