package dev.latchkey.account;

/**
 * The fake repository keeps the contract.
 */
class InMemoryMemberRepositoryTests implements MemberRepositoryContract {

	private final InMemoryMemberRepository repository = new InMemoryMemberRepository();

	@Override
	public MemberRepository repository() {
		return this.repository;
	}

	@Override
	public void save(Member member) {
		this.repository.save(member);
	}

}
