/** The idempotency keys, the results and the refusals of commands. */
@NullMarked
package dev.latchkey.command;

import org.jspecify.annotations.NullMarked;
