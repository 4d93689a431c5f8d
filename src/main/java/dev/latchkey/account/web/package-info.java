/** Accounts, members and the access check over HTTP. */
@NullMarked
package dev.latchkey.account.web;

import org.jspecify.annotations.NullMarked;
