/** The execution and the idempotency of commands. */
@NullMarked
package dev.latchkey.command;

import org.jspecify.annotations.NullMarked;
