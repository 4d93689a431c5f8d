/** Metrics, request observations and traces. */
@NullMarked
package dev.latchkey.observability;

import org.jspecify.annotations.NullMarked;
