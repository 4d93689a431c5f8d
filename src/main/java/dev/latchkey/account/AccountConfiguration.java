package dev.latchkey.account;

import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.Outbox;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.Ids;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires accounts and their members.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountProperties.class)
class AccountConfiguration {

	@Bean
	Receipts receipts(DatabaseClient database) {
		return new Receipts(database);
	}

	@Bean
	Standing standing(MemberRepository members) {
		return new Standing(members);
	}

	@Bean
	Accounts accounts(AccountRepository repository, DatabaseClient database, Receipts receipts, Feed feed, Ids ids,
			AccountProperties properties) {
		return new Accounts(repository, database, receipts, feed, ids, properties);
	}

	@Bean
	AccountSettings accountSettings(Accounts accounts, Standing standing, Decision decision, DatabaseClient database,
			Feed feed) {
		return new AccountSettings(accounts, standing, decision, database, feed);
	}

	@Bean
	TransferRows transferRows(DatabaseClient database) {
		return new TransferRows(database);
	}

	@Bean
	OwnershipTransfers ownershipTransfers(TransferRows rows, Standing standing, SignIn signIn,
			TransactionalOperator transaction, Outbox outbox, Feed feed, AccountProperties properties) {
		return new OwnershipTransfers(rows, standing, signIn, transaction, outbox, feed, properties.transferValidity());
	}

	@Bean
	OwnershipLetters ownershipLetters(Links links, Languages languages) {
		return new OwnershipLetters(links, languages);
	}

	@Bean
	OwnershipOfferTopic ownershipOfferTopic(TransferRows rows, OwnershipLetters letters) {
		return new OwnershipOfferTopic(rows, letters);
	}

	@Bean
	OwnershipNewsTopic ownershipNewsTopic(TransferRows rows, OwnershipLetters letters) {
		return new OwnershipNewsTopic(rows, letters);
	}

	@Bean
	MemberCommands memberCommands(DatabaseClient database) {
		return new MemberCommands(database);
	}

	@Bean
	Decision decision(DatabaseClient database, TransactionalOperator transaction) {
		return new Decision(database, transaction);
	}

	@Bean
	Members members(MemberRepository repository, MemberCommands commands, Decision decision, Standing standing,
			Feed feed) {
		return new Members(repository, commands, decision, standing, feed);
	}

	@Bean
	MemberLists memberLists(DatabaseClient database, Standing standing, Feed feed) {
		return new MemberLists(database, standing, feed);
	}

	@Bean
	AccessCheck accessCheck(MemberRepository members) {
		return new AccessCheck(members);
	}

}
