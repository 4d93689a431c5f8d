/**
 * The 13 permissions, sets of permissions, and the policy that decides every grant. This
 * package is plain Java.
 */
@NullMarked
package dev.latchkey.permission;

import org.jspecify.annotations.NullMarked;
