/** Mail that is never lost or doubled: outbox, relay, templates and the SMTP door. */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
