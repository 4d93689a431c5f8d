package dev.latchkey.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An account as a member sees it in a list.
 *
 * @param locale the language of invitations that don't say otherwise
 * @param validDays how long they are valid, null for what the service says
 * @param transferTo whom the account is offered to, for its owner and for them
 * @param owner whether the reader owns it
 */
@Table("account")
public record Account(@Id UUID id, String name, String locale, @Nullable Integer validDays, boolean owner,
		int memberCount, @Nullable UUID transferTo, @Nullable String transferName, @Nullable Instant transferExpiresAt,
		Instant createdAt) {

}
