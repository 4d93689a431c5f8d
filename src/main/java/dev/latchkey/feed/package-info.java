/** The append-only event log of each account, and its live streams. */
@NullMarked
package dev.latchkey.feed;

import org.jspecify.annotations.NullMarked;
