package dev.latchkey.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.Account.OwnershipOffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Accounts and their members in a list.
 */
class InMemoryAccountRepository implements AccountRepository {

	private final List<StoredAccount> accounts = new ArrayList<>();

	/**
	 * Stores an account, or replaces it.
	 * @param account the account as its owner sees it
	 */
	void save(Account account, List<Member> members) {
		this.accounts.removeIf((stored) -> stored.account().id().equals(account.id()));
		this.accounts.add(new StoredAccount(account, members));
	}

	@Override
	public Flux<Account> findAll(UUID user) {
		return Flux.defer(() -> Flux.fromIterable(List.copyOf(this.accounts)))
			.concatMapIterable((stored) -> stored.asSeenBy(user))
			.sort(Comparator.comparing(Account::createdAt));
	}

	@Override
	public Mono<Account> find(UUID account, UUID user) {
		return findAll(user).filter((found) -> found.id().value().equals(account)).next();
	}

	private record StoredAccount(Account account, List<Member> members) {

		/**
		 * The account, if the user is one of its members.
		 */
		List<Account> asSeenBy(UUID user) {
			return this.members.stream()
				.filter((member) -> member.user().value().equals(user))
				.map((reader) -> new Account(this.account.id(), this.account.name(), this.account.locale(),
						this.account.validityDays(), reader.isOwner(), this.account.memberCount(), offerFor(reader),
						this.account.createdAt()))
				.toList();
		}

		private @Nullable OwnershipOffer offerFor(Member reader) {
			OwnershipOffer offer = this.account.offer();
			if (offer == null || !offer.expiresAt().isAfter(Instant.now())) {
				return null;
			}
			return (reader.isOwner() || offer.newOwner().equals(reader.user())) ? offer : null;
		}

	}

}
