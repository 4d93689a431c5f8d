package dev.latchkey;

import dev.latchkey.database.ConnectionSettings;
import dev.latchkey.mail.MailProperties;
import dev.latchkey.shared.PublicUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Logs the public URL, the database and the mail server that this process uses.
 */
class StartupSummary implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(StartupSummary.class);

	private final ConnectionSettings database;

	private final MailProperties mail;

	private final PublicUrl publicUrl;

	private final boolean embedded;

	private final String localUrl;

	StartupSummary(ConnectionSettings database, MailProperties mail, PublicUrl publicUrl, boolean embedded,
			String localUrl) {
		this.database = database;
		this.mail = mail;
		this.publicUrl = publicUrl;
		this.embedded = embedded;
		this.localUrl = localUrl;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		logger.info("Address:  {}", this.publicUrl);
		logger.info("Database: {} ({})", this.database, this.embedded ? "embedded" : "configured");
		logger.info("Mail:     {}",
				this.mail.usesLocalMailbox() ? "kept here, read it at " + this.localUrl + "/local/mailbox"
						: this.mail.host() + ":" + this.mail.port());
	}

}
