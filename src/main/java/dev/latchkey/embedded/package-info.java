/**
 * The defaults for a single machine: an embedded PostgreSQL server and a local mailbox.
 */
@NullMarked
package dev.latchkey.embedded;

import org.jspecify.annotations.NullMarked;
