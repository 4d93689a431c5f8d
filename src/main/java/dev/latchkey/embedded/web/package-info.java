/** The local mailbox in a browser, for this machine only. */
@NullMarked
package dev.latchkey.embedded.web;

import org.jspecify.annotations.NullMarked;
