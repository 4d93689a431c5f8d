/**
 * Tools for tests over real HTTP: a running service, its database, a mail server and
 * clients.
 */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
