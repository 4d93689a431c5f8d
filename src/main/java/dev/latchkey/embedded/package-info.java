/** The defaults for one machine: PostgreSQL in the process's care and a local mailbox. */
@NullMarked
package dev.latchkey.embedded;

import org.jspecify.annotations.NullMarked;
