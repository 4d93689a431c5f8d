package dev.latchkey.ownership;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The contents of the mails, as the tables have them now.
 */
class R2dbcOwnershipMailStore implements OwnershipMailStore {

	private final DatabaseClient database;

	R2dbcOwnershipMailStore(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<OfferMail> findOfferMail(AccountId account, int version) {
		return this.database.sql("""
				select a.name as account_name, a.locale, a.transfer_expires_at, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = a.transfer_to
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account and a.transfer_version = :version and a.transfer_expires_at > now()
				""")
			.bind("account", account.value())
			.bind("version", version)
			.map((row) -> new OfferMail(content(row), Columns.instant(row, "transfer_expires_at")))
			.one();
	}

	@Override
	public Mono<MailContent> findTransferredMail(AccountId account, UserId previousOwner) {
		return this.database.sql("""
				select a.name as account_name, a.locale, p.email, o.name as owner_name
				  from account a
				  join account_person p on p.account_id = a.id and p.user_id = :previousOwner
				  join account_person o on o.account_id = a.id and o.user_id = a.owner_id
				 where a.id = :account
				""")
			.bind("account", account.value())
			.bind("previousOwner", previousOwner.value())
			.map(R2dbcOwnershipMailStore::content)
			.one();
	}

	private static MailContent content(Readable row) {
		return new MailContent(EmailAddress.of(Columns.string(row, "email")), Columns.string(row, "account_name"),
				Columns.string(row, "owner_name"), Columns.string(row, "locale"));
	}

}
