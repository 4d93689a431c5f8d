package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Members in a list.
 */
class InMemoryMemberRepository implements MemberRepository {

	private final List<Member> members = new ArrayList<>();

	void save(Member member) {
		this.members.add(member);
	}

	@Override
	public Mono<Member> find(UUID account, UUID user) {
		return members(account).filter((member) -> member.user().value().equals(user)).next();
	}

	@Override
	public Mono<Member> findOwner(UUID account) {
		return members(account).filter(Member::isOwner).next();
	}

	private Flux<Member> members(UUID account) {
		return Flux.defer(() -> Flux.fromIterable(List.copyOf(this.members)))
			.filter((member) -> member.account().value().equals(account));
	}

}
