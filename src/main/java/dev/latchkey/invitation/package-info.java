/**
 * Invitations from creation to their final status, with their mails, limits, expiry
 * sweep, reminders and purge.
 */
@NullMarked
package dev.latchkey.invitation;

import org.jspecify.annotations.NullMarked;
