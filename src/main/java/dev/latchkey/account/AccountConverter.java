package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.account.Account.OwnershipOffer;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.RowConverter;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads an account as {@link AccountRepository} selects it.
 */
class AccountConverter implements RowConverter<Account> {

	@Override
	public Account convert(Row row) {
		return account(row);
	}

	static Account account(Readable row) {
		return new Account(new AccountId(Columns.uuid(row, "id")), Columns.string(row, "name"),
				Columns.string(row, "locale"), row.get("valid_days", Integer.class), Columns.booleanValue(row, "owner"),
				Columns.intValue(row, "member_count"), offer(row), Columns.instant(row, "created_at"));
	}

	private static @Nullable OwnershipOffer offer(Readable row) {
		UUID newOwner = row.get("transfer_to", UUID.class);
		return (newOwner != null) ? new OwnershipOffer(new UserId(newOwner), Columns.string(row, "transfer_name"),
				Columns.instant(row, "transfer_expires_at")) : null;
	}

}
