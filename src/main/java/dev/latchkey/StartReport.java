package dev.latchkey;

import dev.latchkey.mail.MailProperties;
import dev.latchkey.shared.PublicAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Says in a few lines what this start uses.
 */
class StartReport implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private final DatabaseAccess database;

	private final MailProperties mail;

	private final PublicAddress address;

	private final boolean embedded;

	private final String local;

	StartReport(DatabaseAccess database, MailProperties mail, PublicAddress address, boolean embedded, String local) {
		this.database = database;
		this.mail = mail;
		this.address = address;
		this.embedded = embedded;
		this.local = local;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		logger.info("Address:  {}", this.address);
		logger.info("Database: {} ({})", this.database.place(), this.embedded ? "embedded" : "configured");
		logger.info("Mail:     {}", this.mail.toLocalMailbox()
				? "kept here, read it at " + this.local + "/local/mailbox" : this.mail.host() + ":" + this.mail.port());
	}

}
