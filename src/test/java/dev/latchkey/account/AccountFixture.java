package dev.latchkey.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;

/**
 * The services of this module without a database: repositories in memory and commands
 * with prepared results.
 */
public final class AccountFixture {

	/** The id of the next account that is created. */
	public static final UUID NEW_ID = UUID.fromString("00000000-0000-4000-8000-00000000acc0");

	private final InMemoryMemberRepository memberRepository = new InMemoryMemberRepository();

	private final InMemoryAccountRepository accountRepository = new InMemoryAccountRepository();

	private final StubCommands stub = new StubCommands();

	private final List<AccountId> notified = new ArrayList<>();

	private final boolean selfServiceCreation;

	private AccountFixture(boolean selfServiceCreation) {
		this.selfServiceCreation = selfServiceCreation;
	}

	public static AccountFixture create() {
		return new AccountFixture(true);
	}

	/**
	 * Creates services that do not let users create accounts.
	 */
	public static AccountFixture withoutSelfService() {
		return new AccountFixture(false);
	}

	/**
	 * Stores an account with its members.
	 */
	public AccountFixture store(Account account, Member... members) {
		this.accountRepository.save(account, List.of(members));
		for (Member member : members) {
			this.memberRepository.save(member);
		}
		return this;
	}

	/**
	 * Sets why all commands are refused. Without it they succeed.
	 */
	public void commandsAreRefused(ProblemCode code) {
		this.stub.refuse(code);
	}

	/**
	 * Sets that an earlier request with the same key has created the account.
	 */
	public void commandsReplay(Account account) {
		this.stub.replay(account);
	}

	/**
	 * The commands that were called, in order.
	 */
	public List<String> calls() {
		return this.stub.calls();
	}

	/**
	 * The accounts whose watchers were notified, in order.
	 */
	public List<AccountId> notified() {
		return this.notified;
	}

	public AccountAccess access() {
		return new AccountAccess(this.memberRepository);
	}

	public AccessCheck accessCheck() {
		return new AccessCheck(this.memberRepository);
	}

	public Accounts accounts() {
		return new Accounts(this.accountRepository, this.stub, this.notified::add, () -> NEW_ID,
				new AccountProperties(this.selfServiceCreation));
	}

	public AccountSettings settings() {
		return new AccountSettings(this.stub, this.notified::add);
	}

	public Members members() {
		return new Members(this.stub, access(), this.notified::add);
	}

	/**
	 * A member as the caller of a request.
	 */
	public static Caller caller(Member member) {
		return new Caller(member.user(), new SessionId(UUID.randomUUID()), EmailAddress.of(member.email()),
				member.name(), Instant.parse("2026-12-31T00:00:00Z"), Duration.ofHours(1));
	}

}
