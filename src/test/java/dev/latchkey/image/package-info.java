/**
 * The image is built and started as it should be.
 */
@NullMarked
package dev.latchkey.image;

import org.jspecify.annotations.NullMarked;
