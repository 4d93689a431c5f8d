/**
 * The application: wiring, start-up, and the only place that touches the system clock.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
