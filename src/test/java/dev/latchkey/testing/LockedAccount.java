package dev.latchkey.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import static org.awaitility.Awaitility.await;

/**
 * Holds the lock of an account from outside the service. A command that starts meanwhile
 * waits for the lock, and its snapshot is older than the changes that are made here. The
 * service stops waiting after 2 seconds, so release the lock before that.
 */
public final class LockedAccount implements AutoCloseable {

	private final TestDatabase database;

	private final Connection connection;

	private final UUID account;

	private LockedAccount(TestDatabase database, Connection connection, UUID account) {
		this.database = database;
		this.connection = connection;
		this.account = account;
	}

	/**
	 * Locks an account in a new transaction.
	 */
	public static LockedAccount hold(TestDatabase database, UUID account) {
		return withoutLock(database, account).run("select 1 from account where id = ? for no key update", account);
	}

	/**
	 * Starts a transaction that does not lock the account yet.
	 */
	public static LockedAccount withoutLock(TestDatabase database, UUID account) {
		try {
			Connection connection = database.connect();
			connection.setAutoCommit(false);
			return new LockedAccount(database, connection, account);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs a statement in the transaction.
	 */
	public LockedAccount run(String sql, Object... parameters) {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int index = 0; index < parameters.length; index++) {
				statement.setObject(index + 1, parameters[index]);
			}
			statement.execute();
			return this;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits until the service has at least this number of statements that wait for a
	 * lock.
	 */
	public LockedAccount awaitWaiting(int statements) {
		await().atMost(Duration.ofMillis(1500)).pollInterval(Duration.ofMillis(5)).until(() -> this.database.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()
				""") >= statements);
		return this;
	}

	/**
	 * Commits the changes, so that the waiting statements continue.
	 */
	public void release() {
		try {
			this.connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Adds a member, like the acceptance of an invitation.
	 */
	public LockedAccount addMember(UUID user, String address) {
		run("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, 'New Member')"
				+ " on conflict do nothing", this.account, user, address);
		run("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				select id, ?, ?, false, array['invoices'], members_version + 1 from account where id = ?
				""", user, address, this.account);
		return run("update account set members_version = members_version + 1, member_count = member_count + 1"
				+ " where id = ?", this.account);
	}

	/**
	 * Removes a member, like the owner does.
	 */
	public LockedAccount removeMember(UUID user) {
		run("delete from membership where account_id = ? and user_id = ?", this.account, user);
		return run("update account set members_version = members_version + 1, member_count = member_count - 1"
				+ " where id = ?", this.account);
	}

	/**
	 * Transfers the ownership to a member.
	 */
	public LockedAccount transferOwnership(UUID user) {
		run("update membership set owner = false where account_id = ? and owner", this.account);
		run("update membership set owner = true where account_id = ? and user_id = ?", this.account, user);
		return run("update account set owner_id = ?, members_version = members_version + 1 where id = ?", user,
				this.account);
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
