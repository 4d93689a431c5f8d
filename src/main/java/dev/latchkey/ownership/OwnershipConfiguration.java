package dev.latchkey.ownership;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.session.SignIn;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires ownership transfers and their mails.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OwnershipProperties.class)
class OwnershipConfiguration {

	@Bean
	OwnershipTransferStore ownershipTransferStore(DatabaseClient database, OwnershipProperties properties) {
		return new R2dbcOwnershipTransferStore(database, properties.validity());
	}

	@Bean
	OwnershipTransfers ownershipTransfers(OwnershipTransferStore store, AccountAccess accountAccess, SignIn signIn,
			TransactionalOperator transaction, Outbox outbox, Feed feed) {
		return new OwnershipTransfers(store, accountAccess, signIn::confirmPassword, transaction,
				new OutboxTransferMails(outbox), feed::notifyAppended);
	}

	@Bean
	OwnershipMails ownershipMails(MailedLinks links, Languages languages) {
		return new OwnershipMails(links, languages);
	}

	@Bean
	OwnershipOfferMail ownershipOfferMail(OwnershipTransferStore store, OwnershipMails mails) {
		return new OwnershipOfferMail(store, mails);
	}

	@Bean
	OwnershipTransferredMail ownershipTransferredMail(OwnershipTransferStore store, OwnershipMails mails) {
		return new OwnershipTransferredMail(store, mails);
	}

}
