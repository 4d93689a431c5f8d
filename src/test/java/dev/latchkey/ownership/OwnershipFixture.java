package dev.latchkey.ownership;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.command.RecordedTransactions;
import dev.latchkey.ownership.OwnershipTransferStore.Parties;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import reactor.core.publisher.Mono;

/**
 * Ownership transfers without a database, which record what they do in order.
 */
public final class OwnershipFixture {

	/** The password of every caller. */
	public static final String PASSWORD = "seven purple otters";

	private final List<String> calls = new ArrayList<>();

	private final StubTransferStore store = new StubTransferStore(this.calls);

	private final AccountFixture accounts;

	public OwnershipFixture(AccountFixture accounts) {
		this.accounts = accounts;
	}

	/**
	 * Sets the owner as the account has it when it is locked.
	 */
	public void lockedOwner(Member owner) {
		this.store.owner(owner.user());
	}

	public void openOffer(Member owner, Member newOwner) {
		this.store.openOffer(new Parties(owner.user(), newOwner.user()));
	}

	/**
	 * What happened, in order.
	 */
	public List<String> calls() {
		return this.calls;
	}

	public OwnershipTransfers transfers() {
		return new OwnershipTransfers(this.store, this.accounts.access(), this::confirmPassword,
				new RecordedTransactions(this.calls), new RecordedMails(this.calls),
				(account) -> this.calls.add("notify " + account));
	}

	private Mono<Void> confirmPassword(Caller caller, String password) {
		return Mono.defer(() -> {
			this.calls.add("confirm password");
			return password.equals(PASSWORD) ? Mono.empty()
					: Mono.error(DomainException.invalidField("password", DetailMessage.PASSWORD_WRONG));
		});
	}

}
