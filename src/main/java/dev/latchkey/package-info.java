/**
 * The application: wiring, start-up, and the only code that reads the system clock.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
