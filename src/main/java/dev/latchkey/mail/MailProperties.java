package dev.latchkey.mail;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SettingChecks;
import dev.latchkey.shared.StartupException;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.api.mailer.config.TransportStrategy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Settings of outgoing mail.
 *
 * @param host the SMTP server; without one, mail is stored in the local mailbox
 * @param port the port of the SMTP server, 1 to 65535
 * @param username the user name for SMTP authentication, null for none
 * @param password the password for SMTP authentication
 * @param transport SMTP_TLS (STARTTLS, required), SMTPS, or SMTP (STARTTLS if offered)
 * @param from the sender's address; required with a host
 * @param fromName the sender's display name
 * @param replyTo the address that replies are sent to
 * @param connections how many mails can be in progress at once, 1 to 64
 * @param sendTimeout how long one attempt may take; must be shorter than leaseDuration
 * @param leaseDuration how long a replica keeps the exclusive claim on a mail
 * @param retryDelays the delays between attempts; there is one attempt more than delays
 * @param pollInterval how often the outbox is polled for due mails
 * @param maxMailsPerMailbox how many mails one mailbox gets in an hour, across all
 * accounts
 */
@ConfigurationProperties("latchkey.mail")
public record MailProperties(@Nullable String host, @DefaultValue("587") int port, @Nullable String username,
		@Nullable String password, @DefaultValue("SMTP_TLS") TransportStrategy transport, @DefaultValue("") String from,
		@Nullable String fromName, @Nullable String replyTo, @DefaultValue("4") int connections,
		@DefaultValue("30s") Duration sendTimeout, @DefaultValue("60s") Duration leaseDuration, @DefaultValue( {
				"1m", "5m", "15m", "1h", "3h", "6h", "12h" }) List<Duration> retryDelays,
		@DefaultValue("2s") Duration pollInterval, @DefaultValue("20") int maxMailsPerMailbox){

	public MailProperties {
		host = StringUtils.hasText(host) ? host : null;
		username = StringUtils.hasText(username) ? username : null;
		password = StringUtils.hasText(password) ? password : null;
		replyTo = StringUtils.hasText(replyTo) ? replyTo : null;
		SettingChecks.requireBetween("latchkey.mail.port", port, 1, 65_535);
		SettingChecks.requireBetween("latchkey.mail.connections", connections, 1, 64);
		SettingChecks.requirePositive("latchkey.mail.send-timeout", sendTimeout);
		SettingChecks.require(sendTimeout.compareTo(leaseDuration) < 0,
				"latchkey.mail.send-timeout must be shorter than latchkey.mail.lease-duration.");
		retryDelays.forEach((delay) -> SettingChecks.requireNotNegative("latchkey.mail.retry-delays", delay));
		SettingChecks.requirePositive("latchkey.mail.poll-interval", pollInterval);
		SettingChecks.requireAtLeastOne("latchkey.mail.max-mails-per-mailbox", maxMailsPerMailbox);
		SettingChecks.require(host == null || !from.isBlank(), "latchkey.mail.from is required to send e-mail.");
		from = from.isBlank() ? "no-reply@localhost.localdomain" : from;
		from = asciiAddress("latchkey.mail.from", from);
		replyTo = (replyTo != null) ? asciiAddress("latchkey.mail.reply-to", replyTo) : null;
	}

	public boolean usesLocalMailbox() {
		return this.host == null;
	}

	int maxAttempts() {
		return this.retryDelays.size() + 1;
	}

	/**
	 * The domain of the sender's address, which is also that of Message-IDs.
	 */
	String senderDomain() {
		return this.from.substring(this.from.lastIndexOf('@') + 1);
	}

	private static String asciiAddress(String setting, String address) {
		try {
			return EmailAddress.of(address).ascii();
		}
		catch (DomainException ex) {
			throw new StartupException(setting + " must be an e-mail address.", ex);
		}
	}

}
