/**
 * The 13 permissions, sets of them, and the one policy that decides every grant; plain
 * Java.
 */
@NullMarked
package dev.latchkey.permission;

import org.jspecify.annotations.NullMarked;
