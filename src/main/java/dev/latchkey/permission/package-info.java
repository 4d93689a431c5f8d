/**
 * The 13 permissions, sets of permissions, and the rule for granting them; plain Java
 * without a framework.
 */
@NullMarked
package dev.latchkey.permission;

import org.jspecify.annotations.NullMarked;
