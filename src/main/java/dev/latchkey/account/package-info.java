/** Accounts, their members, and the permissions of the members. */
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
