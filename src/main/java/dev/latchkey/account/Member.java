package dev.latchkey.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A user as a member of one account.
 *
 * @param owner the owner implicitly holds every permission
 * @param keys the permissions' keys as they were picked
 * @param version changes with every edit of the permissions
 * @param number orders the account's members
 */
@Table("membership")
public record Member(UUID accountId, @Id UUID userId, String name, String email, boolean owner,
		@Column("permissions") List<String> keys, int version, long number, Instant joinedAt) {

	public AccountId account() {
		return new AccountId(this.accountId);
	}

	public UserId user() {
		return new UserId(this.userId);
	}

	/**
	 * What the member may do.
	 */
	public PermissionSet held() {
		return this.owner ? PermissionSet.all() : PermissionSet.ofKeys(this.keys);
	}

}
