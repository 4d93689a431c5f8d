/** Limits on how often a client may attempt something, counted in the database. */
@NullMarked
package dev.latchkey.ratelimit;

import org.jspecify.annotations.NullMarked;
