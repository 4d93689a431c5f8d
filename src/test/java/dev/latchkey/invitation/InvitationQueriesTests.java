package dev.latchkey.invitation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.OwnedAccount;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.invitation.InvitationListStore.Snapshot;
import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list while the ownership of the account is transferred: the store reads nothing for
 * a user who is not the owner yet.
 */
class InvitationQueriesTests {

	private static final AccountId ACCOUNT = new AccountId(new UUID(1, 1));

	private static final UserId OWNER = new UserId(new UUID(2, 1));

	private static final UserId MEMBER = new UserId(new UUID(2, 2));

	private static final Snapshot SNAPSHOT = new Snapshot(List.of(), new Counts(0, 0, 0, 0, 0), 3);

	/** What the store reads, one after the other. */
	private final Deque<Mono<Snapshot>> reads = new ArrayDeque<>();

	private final InvitationQueries queries = new InvitationQueries(
			(account, owner, filter, request) -> Mono.defer(this.reads::remove),
			OwnedAccount.access(ACCOUNT, OWNER, MEMBER), (seq) -> Mono.just(new FeedPosition(7, seq)));

	@Test
	void aUserWhoHasJustBecomeTheOwnerGetsTheList() {
		this.reads.addAll(List.of(Mono.empty(), Mono.just(SNAPSHOT)));
		StepVerifier.create(list(OWNER))
			.assertNext((list) -> assertThat(list.position()).hasToString("7-3"))
			.verifyComplete();
	}

	@Test
	void aUserWhoIsNotTheOwnerAtAnyReadIsRefused() {
		this.reads.addAll(List.of(Mono.empty(), Mono.empty()));
		assertOwnerOnly(OWNER);
	}

	@Test
	void aMemberIsRefusedAfterOneRead() {
		this.reads.add(Mono.empty());
		assertOwnerOnly(MEMBER);
	}

	private void assertOwnerOnly(UserId caller) {
		StepVerifier.create(list(caller))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.OWNER_ONLY)));
		assertThat(this.reads).isEmpty();
	}

	private Mono<InvitationQueries.InvitationList> list(UserId caller) {
		return this.queries.list(ACCOUNT, caller, null, null, new Page.Request(25, null));
	}

}
