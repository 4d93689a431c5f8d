/**
 * Logs what fails repeatedly in few lines: one when it begins, at most one a minute while
 * it lasts, and one when it is over.
 */
@NullMarked
package dev.latchkey.outage;

import org.jspecify.annotations.NullMarked;
