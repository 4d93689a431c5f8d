package dev.latchkey.ownership;

import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records the commands and returns prepared results. Unless a test prepares another
 * result, a command succeeds and changes the account.
 */
class StubCommands implements OwnershipCommands {

	private final List<String> calls;

	private @Nullable ProblemCode refusal;

	private boolean repeated;

	StubCommands(List<String> calls) {
		this.calls = calls;
	}

	void refuse(ProblemCode code) {
		this.refusal = code;
	}

	void repeated() {
		this.repeated = true;
	}

	@Override
	public Mono<Void> offer(AccountId account, UserId owner, UserId newOwner) {
		return call("offer to " + newOwner + " as " + owner).then();
	}

	@Override
	public Mono<Void> endOffer(AccountId account, UserId party) {
		return call("end offer as " + party).then();
	}

	@Override
	public Mono<Boolean> accept(AccountId account, UserId user) {
		return call("accept as " + user);
	}

	private Mono<Boolean> call(String call) {
		return Mono.fromSupplier(() -> {
			this.calls.add(call);
			ProblemCode code = this.refusal;
			if (code != null) {
				throw DomainException.of(code);
			}
			return !this.repeated;
		});
	}

}
