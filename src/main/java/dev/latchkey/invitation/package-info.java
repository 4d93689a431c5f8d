/**
 * Invitations from creation to their final status, their mails, and the sweep that marks
 * expired ones.
 */
@NullMarked
package dev.latchkey.invitation;

import org.jspecify.annotations.NullMarked;
