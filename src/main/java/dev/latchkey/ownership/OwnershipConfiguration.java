package dev.latchkey.ownership;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.IdGenerator;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires ownership transfers and their mails.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OwnershipProperties.class)
class OwnershipConfiguration {

	@Bean
	OwnershipCommands ownershipCommands(DatabaseClient database, IdGenerator ids, OwnershipProperties properties) {
		return new R2dbcOwnershipCommands(database, ids, properties.validity());
	}

	@Bean
	OwnershipMailStore ownershipMailStore(DatabaseClient database) {
		return new R2dbcOwnershipMailStore(database);
	}

	@Bean
	OwnershipTransfers ownershipTransfers(OwnershipCommands commands, AccountAccess accountAccess, SignIn signIn,
			Feed feed, Outbox outbox) {
		return new OwnershipTransfers(commands, accountAccess, signIn::confirmPassword, feed::notifyAppended,
				outbox::wakeRelay);
	}

	@Bean
	OwnershipMails ownershipMails(MailedLinks links, Languages languages) {
		return new OwnershipMails(links, languages);
	}

	@Bean
	OwnershipOfferMail ownershipOfferMail(OwnershipMailStore store, OwnershipMails mails) {
		return new OwnershipOfferMail(store, mails);
	}

	@Bean
	OwnershipTransferredMail ownershipTransferredMail(OwnershipMailStore store, OwnershipMails mails) {
		return new OwnershipTransferredMail(store, mails);
	}

}
