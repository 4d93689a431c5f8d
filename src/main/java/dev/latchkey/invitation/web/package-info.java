/** Invitations over HTTP: the endpoints of the owner and of the invitee. */
@NullMarked
package dev.latchkey.invitation.web;

import org.jspecify.annotations.NullMarked;
