/**
 * Serves the web console: its page, its files and an HTML error page.
 */
@NullMarked
package dev.latchkey.console;

import org.jspecify.annotations.NullMarked;
