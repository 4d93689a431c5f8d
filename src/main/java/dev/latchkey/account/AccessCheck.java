package dev.latchkey.account;

import dev.latchkey.permission.Permission;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Checks for other services whether a user has a permission in an account. Each check
 * reads the current permissions from the database.
 */
public class AccessCheck {

	private final MemberRepository members;

	AccessCheck(MemberRepository members) {
		this.members = members;
	}

	/**
	 * Checks a permission.
	 * @return completes, or fails with {@link ProblemCode#PERMISSION_MISSING}. For a
	 * member, the error contains the permissions of the member and the owner. For other
	 * users it does not, so that they cannot find out which accounts exist.
	 */
	public Mono<Void> check(AccountId account, UserId user, Permission permission) {
		return this.members.find(account, user)
			.switchIfEmpty(Mono.error(() -> missing(permission)))
			.filter((member) -> !member.permissions().contains(permission))
			.flatMap((member) -> missing(account, member, permission))
			.flatMap((problem) -> Mono.error(problem));
	}

	private Mono<DomainException> missing(AccountId account, Member member, Permission permission) {
		return this.members.findOwner(account)
			.map((owner) -> missing(permission).with("held", member.permissions().keys())
				.with("ask", new Owner(owner.name(), owner.email())));
	}

	private static DomainException missing(Permission permission) {
		return DomainException.of(ProblemCode.PERMISSION_MISSING).with("missing", permission.key());
	}

	/**
	 * The owner of the account, who can grant the permission.
	 */
	public record Owner(String name, String email) {

	}

}
