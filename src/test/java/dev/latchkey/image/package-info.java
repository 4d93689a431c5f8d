/**
 * Tests of the container image.
 */
@NullMarked
package dev.latchkey.image;

import org.jspecify.annotations.NullMarked;
