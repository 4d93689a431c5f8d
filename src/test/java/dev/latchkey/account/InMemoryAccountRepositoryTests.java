package dev.latchkey.account;

import java.util.List;

/**
 * The fake repository keeps the contract.
 */
class InMemoryAccountRepositoryTests implements AccountRepositoryContract {

	private final InMemoryAccountRepository repository = new InMemoryAccountRepository();

	@Override
	public AccountRepository repository() {
		return this.repository;
	}

	@Override
	public void save(Account account, List<Member> members) {
		this.repository.save(account, members);
	}

}
