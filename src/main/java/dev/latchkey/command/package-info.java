/** What every command of an account shares: its execution and its idempotency. */
@NullMarked
package dev.latchkey.command;

import org.jspecify.annotations.NullMarked;
