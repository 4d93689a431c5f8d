/**
 * Outgoing mail: transactional outbox, relay, templates and SMTP. A mail is sent at least
 * once, always under the same Message-ID.
 */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
