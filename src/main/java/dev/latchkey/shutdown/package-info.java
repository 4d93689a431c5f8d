/**
 * The graceful shutdown of a replica: it drains, closes its streams, and finishes its
 * work.
 */
@NullMarked
package dev.latchkey.shutdown;

import org.jspecify.annotations.NullMarked;
