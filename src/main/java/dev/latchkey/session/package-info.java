/**
 * Sessions: sign-in and sign-out, password resets, and the end of sessions on all
 * replicas.
 */
@NullMarked
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;
