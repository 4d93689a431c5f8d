/** The HTTP server: what applies to each request before and after the routes. */
@NullMarked
package dev.latchkey.server;

import org.jspecify.annotations.NullMarked;
