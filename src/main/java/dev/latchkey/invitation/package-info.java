/**
 * The life of an invitation, from issue to its end, and the sweep that marks the expired.
 */
@NullMarked
package dev.latchkey.invitation;

import org.jspecify.annotations.NullMarked;
