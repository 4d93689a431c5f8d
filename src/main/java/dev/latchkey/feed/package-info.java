/** The account's append-only event log and its live readers. */
@NullMarked
package dev.latchkey.feed;

import org.jspecify.annotations.NullMarked;
