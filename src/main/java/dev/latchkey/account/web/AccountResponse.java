package dev.latchkey.account.web;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * An account as its members see it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountResponse(UUID id, String name, String locale, @Nullable Integer expiresInDays, boolean owner,
		int members, @Nullable Transfer ownershipTransfer, Instant createdAt) {

	public static AccountResponse of(Account row) {
		return new AccountResponse(row.id(), row.name(), row.locale(), row.validDays(), row.owner(), row.memberCount(),
				Transfer.of(row), row.createdAt());
	}

	/**
	 * An open offer of the account to a member.
	 */
	record Transfer(UUID userId, String name, Instant expiresAt) {

		static @Nullable Transfer of(Account row) {
			UUID to = row.transferTo();
			return (to != null) ? new Transfer(to, Objects.requireNonNull(row.transferName()),
					Objects.requireNonNull(row.transferExpiresAt())) : null;
		}

	}

}
