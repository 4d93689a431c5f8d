/**
 * Who is calling: signing in and out, resetting a password, and ending sessions
 * everywhere.
 */
@NullMarked
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;
