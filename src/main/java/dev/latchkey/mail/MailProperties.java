package dev.latchkey.mail;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shared.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.api.mailer.config.TransportStrategy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How mail leaves the house.
 *
 * @param host the SMTP server; none means the local mailbox
 * @param transport SMTP_TLS (STARTTLS, required), SMTPS, or SMTP (STARTTLS if offered)
 * @param from the sender's address; needed with a host
 * @param connections how many mails are sent at once
 * @param deadline how long one attempt may take; shorter than the lease
 * @param lease for how long a replica owns a mail that it sends
 * @param backoff the waits between attempts; one attempt more than waits is made
 * @param poll how often due mails are looked for without being told
 * @param mailboxLimit how many mails one mailbox gets within an hour, across all accounts
 */
@ConfigurationProperties("latchkey.mail")
public record MailProperties(@Nullable String host, @DefaultValue("587") int port, @Nullable String username,
		@Nullable String password, @DefaultValue("SMTP_TLS") TransportStrategy transport, @DefaultValue("") String from,
		@Nullable String fromName, @Nullable String replyTo, @DefaultValue("4") int connections,
		@DefaultValue("30s") Duration deadline, @DefaultValue("60s") Duration lease, @DefaultValue( {
				"1m", "5m", "15m", "1h", "3h", "6h", "12h" }) List<Duration> backoff,
		@DefaultValue("2s") Duration poll, @DefaultValue("20") int mailboxLimit){

	public MailProperties {
		host = StringUtils.hasText(host) ? host : null;
		username = StringUtils.hasText(username) ? username : null;
		password = StringUtils.hasText(password) ? password : null;
		replyTo = StringUtils.hasText(replyTo) ? replyTo : null;
		require(port > 0 && port < 65536, "latchkey.mail.port is a number from 1 to 65535");
		require(connections > 0 && connections <= 64, "latchkey.mail.connections is a number from 1 to 64");
		require(deadline.compareTo(lease) < 0, "latchkey.mail.deadline is shorter than latchkey.mail.lease");
		require(deadline.toMillis() > 0, "latchkey.mail.deadline is positive");
		require(backoff.stream().noneMatch(Duration::isNegative), "latchkey.mail.backoff holds no negative wait");
		require(poll.toMillis() > 0, "latchkey.mail.poll is positive");
		require(mailboxLimit > 0, "latchkey.mail.mailbox-limit is at least 1");
		require(host == null || !from.isBlank(), "latchkey.mail.from is needed to send mail");
		from = from.isBlank() ? "no-reply@localhost.localdomain" : from;
		EmailAddress.of(from);
		if (replyTo != null) {
			EmailAddress.of(replyTo);
		}
	}

	public boolean toLocalMailbox() {
		return this.host == null;
	}

	int maxAttempts() {
		return this.backoff.size() + 1;
	}

	/**
	 * The domain of Message-IDs: the sender's own.
	 */
	String domain() {
		return this.from.substring(this.from.lastIndexOf('@') + 1);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
