/** The HTTP endpoints of the local mailbox, for this machine only. */
@NullMarked
package dev.latchkey.embedded.web;

import org.jspecify.annotations.NullMarked;
