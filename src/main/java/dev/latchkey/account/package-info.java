/** Accounts, their members, and what those may do. */
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
