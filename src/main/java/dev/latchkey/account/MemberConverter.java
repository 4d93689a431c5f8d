package dev.latchkey.account;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.RowConverter;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Row;

/**
 * Reads a member as {@link MemberRepository} selects it.
 */
class MemberConverter implements RowConverter<Member> {

	@Override
	public Member convert(Row row) {
		return member(row);
	}

	static Member member(Readable row) {
		boolean isOwner = Columns.booleanValue(row, "owner");
		PermissionSet permissions = isOwner ? PermissionSet.all()
				: PermissionSet.ofKeys(Columns.strings(row, "permissions"));
		return new Member(new AccountId(Columns.uuid(row, "account_id")), new UserId(Columns.uuid(row, "user_id")),
				Columns.string(row, "name"), Columns.string(row, "email"), isOwner, permissions,
				Columns.intValue(row, "version"), Columns.longValue(row, "number"), Columns.instant(row, "joined_at"));
	}

}
