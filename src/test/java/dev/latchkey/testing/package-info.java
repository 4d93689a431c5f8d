/**
 * What the tests over real HTTP stand on: a service, its database, its mail server, and
 * clients.
 */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
