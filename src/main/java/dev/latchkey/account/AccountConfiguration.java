package dev.latchkey.account;

import dev.latchkey.feed.Feed;
import dev.latchkey.outage.Outages;
import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.shared.IdGenerator;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires accounts and their members.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountProperties.class)
class AccountConfiguration {

	@Bean
	AccountConverter accountConverter() {
		return new AccountConverter();
	}

	@Bean
	MemberConverter memberConverter() {
		return new MemberConverter();
	}

	@Bean
	AccountAccess accountAccess(MemberRepository members) {
		return new AccountAccess(members);
	}

	@Bean
	AccountCommands accountCommands(DatabaseClient database) {
		return new R2dbcAccountCommands(database);
	}

	@Bean
	Accounts accounts(AccountRepository repository, AccountCommands commands, Feed feed, IdGenerator ids,
			AccountProperties properties) {
		return new Accounts(repository, commands, feed::notifyAppended, ids, properties);
	}

	@Bean
	AccountSettings accountSettings(AccountCommands commands, Feed feed) {
		return new AccountSettings(commands, feed::notifyAppended);
	}

	@Bean
	MemberCommands memberCommands(DatabaseClient database) {
		return new R2dbcMemberCommands(database);
	}

	@Bean
	Members members(MemberCommands commands, AccountAccess accountAccess, Feed feed) {
		return new Members(commands, accountAccess, feed::notifyAppended);
	}

	@Bean
	MemberQueries memberQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		return new R2dbcMemberQueries(database, accountAccess, feed);
	}

	@Bean
	AccessCheck accessCheck(MemberRepository members) {
		return new AccessCheck(members);
	}

	@Bean
	AccountPurgeListener orphanedPersonPurge(DatabaseClient database, Outages outages) {
		return new OrphanedPersonPurge(database, outages);
	}

}
