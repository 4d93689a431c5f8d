/** Renders every error as a problem document (RFC 9457). */
@NullMarked
package dev.latchkey.problem;

import org.jspecify.annotations.NullMarked;
