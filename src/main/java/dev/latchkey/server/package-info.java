/**
 * The HTTP server: filters for all requests, responses to requests that no route matches,
 * strict JSON.
 */
@NullMarked
package dev.latchkey.server;

import org.jspecify.annotations.NullMarked;
