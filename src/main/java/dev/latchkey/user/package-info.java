/**
 * Users, their passwords, and sign-up by a mailed link.
 */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
