package dev.latchkey;

import dev.latchkey.database.ConnectionSettings;
import dev.latchkey.mail.MailProperties;
import dev.latchkey.shared.PublicUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Says in a few lines what this start uses.
 */
class StartupSummary implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(StartupSummary.class);

	private final ConnectionSettings database;

	private final MailProperties mail;

	private final PublicUrl publicUrl;

	private final boolean embedded;

	private final String local;

	StartupSummary(ConnectionSettings database, MailProperties mail, PublicUrl publicUrl, boolean embedded,
			String local) {
		this.database = database;
		this.mail = mail;
		this.publicUrl = publicUrl;
		this.embedded = embedded;
		this.local = local;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		logger.info("Address:  {}", this.publicUrl);
		logger.info("Database: {} ({})", this.database.place(), this.embedded ? "embedded" : "configured");
		logger.info("Mail:     {}", this.mail.usesLocalMailbox()
				? "kept here, read it at " + this.local + "/local/mailbox" : this.mail.host() + ":" + this.mail.port());
	}

}
