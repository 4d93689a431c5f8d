package dev.latchkey.account;

import dev.latchkey.permission.Permission;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Answers other services that ask whether a user may do something in an account. Rights
 * are read anew for every question.
 */
public class AccessCheck {

	private final MemberRepository members;

	AccessCheck(MemberRepository members) {
		this.members = members;
	}

	/**
	 * Lets the user pass or says why not.
	 * @return completes, or {@link ProblemCode#PERMISSION_MISSING}: a member hears what
	 * they hold and whom to ask, a stranger hears the same of every account, existing or
	 * not
	 */
	public Mono<Void> check(AccountId account, UserId user, Permission permission) {
		return this.members.find(account.value(), user.value())
			.switchIfEmpty(Mono.error(() -> missing(permission)))
			.filter((member) -> !member.held().contains(permission))
			.flatMap((member) -> this.members.findOwner(account.value())
				.flatMap((owner) -> Mono.error(missing(permission).with("held", member.held().keys())
					.with("ask", new Owner(owner.name(), owner.email())))))
			.then();
	}

	private static DomainException missing(Permission permission) {
		return DomainException.of(ProblemCode.PERMISSION_MISSING).with("missing", permission.key());
	}

	/**
	 * Whom to ask for a permission.
	 */
	public record Owner(String name, String email) {

	}

}
