package dev.latchkey.ownership;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.account.AccountFixture;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Ownership transfers without a database, which record what they do in order.
 */
public final class OwnershipFixture {

	/** The password of every caller. */
	public static final String PASSWORD = "seven purple otters";

	private final List<String> calls = new ArrayList<>();

	private final StubCommands commands = new StubCommands(this.calls);

	private final AccountFixture accounts;

	public OwnershipFixture(AccountFixture accounts) {
		this.accounts = accounts;
	}

	/**
	 * Sets why all commands are refused. Without it they succeed.
	 */
	public void commandsAreRefused(ProblemCode code) {
		this.commands.refuse(code);
	}

	/**
	 * Sets that earlier requests have executed all commands.
	 */
	public void commandsAreRepeated() {
		this.commands.repeated();
	}

	/**
	 * What happened, in order.
	 */
	public List<String> calls() {
		return this.calls;
	}

	public OwnershipTransfers transfers() {
		return new OwnershipTransfers(this.commands, this.accounts.access(), this::confirmPassword,
				(account) -> this.calls.add("notify " + account), () -> this.calls.add("wake relay"));
	}

	private Mono<Void> confirmPassword(Caller caller, String password) {
		return Mono.defer(() -> {
			this.calls.add("confirm password");
			return password.equals(PASSWORD) ? Mono.empty()
					: Mono.error(DomainException.invalidField("password", DetailMessage.PASSWORD_WRONG));
		});
	}

}
