/**
 * Serves the console: the pages that people use, in a browser and from this host alone.
 */
@NullMarked
package dev.latchkey.console;

import org.jspecify.annotations.NullMarked;
