/** Limits on how often something may be attempted. */
@NullMarked
package dev.latchkey.ratelimit;

import org.jspecify.annotations.NullMarked;
