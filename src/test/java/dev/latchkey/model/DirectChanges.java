package dev.latchkey.model;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Changes in the database without the service: what an operator does, and the passing of
 * time.
 */
final class DirectChanges {

	/** Makes all rows of the accounts older, which is the same as letting time pass. */
	private static final String PASS = """
			with step as (
			    select make_interval(secs => ?) as time),
			chosen as (
			    select unnest(string_to_array(?, ',')::uuid[]) as id),
			accounts as (
			    update account a
			       set created_at = created_at - time, creation_window = creation_window - time,
			           transfer_expires_at = transfer_expires_at - time
			      from step, chosen c where a.id = c.id),
			members as (
			    update membership m set joined_at = joined_at - time
			      from step, chosen c where m.account_id = c.id),
			quotas as (
			    update invitee_quota q set window_start = window_start - time
			      from step, chosen c where q.account_id = c.id),
			events as (
			    update account_event e set at = at - time
			      from step, chosen c where e.account_id = c.id)
			update invitation i
			   set created_at = created_at - time, issued_at = issued_at - time, expires_at = expires_at - time,
			       ended_at = ended_at - time
			  from step, chosen c where i.account_id = c.id
			""";

	private final TestDatabase database;

	DirectChanges(TestDatabase database) {
		this.database = database;
	}

	void pass(Duration time, List<UUID> accounts) {
		this.database.update(PASS, (double) time.toSeconds(),
				String.join(",", accounts.stream().map(UUID::toString).toList()));
	}

	void setLimits(AccountId account, @Nullable Integer maxPending, @Nullable Integer maxCreations) {
		this.database.update("update account set max_pending = %s, max_creations_per_day = %s where id = ?"
			.formatted(maxPending, maxCreations), account.value());
	}

	/**
	 * Makes a member the owner and leaves the inviters of invitations as they are. Does
	 * nothing if the user is not a member.
	 */
	void replaceOwner(AccountId account, UserId newOwner) {
		if (this.database.number("select count(*) from membership where account_id = ? and user_id = ?",
				account.value(), newOwner.value()) == 0) {
			return;
		}
		update("owner = false", "owner", account);
		update("owner = true", "user_id = '" + newOwner + "'", account);
		this.database.update("""
				update account
				   set owner_id = ?, members_version = members_version + 1, transfer_to = null,
				       transfer_expires_at = null
				 where id = ?
				""", newOwner.value(), account.value());
	}

	private void update(String assignment, String member, AccountId account) {
		this.database.update("""
				update membership set %s, version = version + 1, permissions = string_to_array(?, ',')
				 where account_id = ? and %s
				""".formatted(assignment, member), String.join(",", PermissionSet.all().keys()), account.value());
	}

}
