package dev.latchkey.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import static org.awaitility.Awaitility.await;

/**
 * The lock of an account's row, held past the service: a command that is issued meanwhile
 * waits with a snapshot older than whatever is changed here. The service gives up waiting
 * after 2 seconds, so hold it for less.
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

	public static LockedAccount hold(TestDatabase database, UUID account) {
		return beside(database, account).run("select 1 from account where id = ? for no key update", account);
	}

	/**
	 * A transaction that holds nothing yet.
	 */
	public static LockedAccount beside(TestDatabase database, UUID account) {
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
	 * Changes something in the transaction that holds the lock.
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
	 * Waits until so many statements of the service stand behind a lock in this database.
	 */
	public LockedAccount awaitWaiting(int statements) {
		await().atMost(Duration.ofMillis(1500)).pollInterval(Duration.ofMillis(5)).until(() -> this.database.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()
				""") >= statements);
		return this;
	}

	/**
	 * Lets the waiting go on, with everything that was changed here.
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
	 * Makes a member of somebody, as accepting does.
	 */
	public LockedAccount addMember(UUID user, String address) {
		run("insert into account_person (account_id, user_id, email, name) values (?, ?, ?, 'Somebody')"
				+ " on conflict do nothing", this.account, user, address);
		run("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				select id, ?, ?, false, array['invoices'], members_version + 1 from account where id = ?
				""", user, address, this.account);
		return run("update account set members_version = members_version + 1, member_count = member_count + 1"
				+ " where id = ?", this.account);
	}

	/**
	 * Ends a membership, as removing does.
	 */
	public LockedAccount removeMember(UUID user) {
		run("delete from membership where account_id = ? and user_id = ?", this.account, user);
		return run("update account set members_version = members_version + 1, member_count = member_count - 1"
				+ " where id = ?", this.account);
	}

	/**
	 * Gives the account to a member.
	 */
	public LockedAccount handOver(UUID user) {
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
