package dev.latchkey.feed;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every event log guarantees.
 */
interface EventLogContract {

	Duration TIMEOUT = Duration.ofSeconds(10);

	EventLog log();

	/**
	 * Creates an account without events.
	 */
	AccountId createAccount(UserId owner);

	/**
	 * Appends an event with the account's next number.
	 */
	void append(AccountId account, EventType type, @Nullable InvitationId invitation);

	/**
	 * Deletes the events before a number.
	 */
	void purgeBefore(AccountId account, long seq);

	@Test
	default void eventsAfterAPositionAreTheNextOnesInAscendingOrder() {
		AccountId account = accountWithEvents(5);
		assertThat(seqs(log().after(account, 0, 10))).containsExactly(1L, 2L, 3L, 4L, 5L);
		assertThat(seqs(log().after(account, 1, 3))).containsExactly(2L, 3L, 4L);
		assertThat(seqs(log().after(account, 4, 10))).containsExactly(5L);
		assertThat(seqs(log().after(account, 5, 10))).isEmpty();
		assertThat(seqs(log().after(account, 99, 10))).isEmpty();
	}

	@Test
	default void eventsAfterADeletedPositionBeginWithTheOldestStoredOne() {
		AccountId account = accountWithEvents(6);
		purgeBefore(account, 4);
		assertThat(seqs(log().after(account, 0, 2))).containsExactly(4L, 5L);
		assertThat(seqs(log().after(account, 2, 10))).containsExactly(4L, 5L, 6L);
		assertThat(seqs(log().after(account, 4, 1))).containsExactly(5L);
	}

	@Test
	default void eventsBeforeAPositionAreTheLastOnesInDescendingOrder() {
		AccountId account = accountWithEvents(5);
		assertThat(seqs(log().before(account, Long.MAX_VALUE, null, 2))).containsExactly(5L, 4L);
		assertThat(seqs(log().before(account, 6, null, 10))).containsExactly(5L, 4L, 3L, 2L, 1L);
		assertThat(seqs(log().before(account, 4, null, 2))).containsExactly(3L, 2L);
		assertThat(seqs(log().before(account, 2, null, 10))).containsExactly(1L);
		assertThat(seqs(log().before(account, 1, null, 10))).isEmpty();
	}

	@Test
	default void eventsBeforeAPositionEndWithTheOldestStoredOne() {
		AccountId account = accountWithEvents(6);
		purgeBefore(account, 4);
		assertThat(seqs(log().before(account, 6, null, 10))).containsExactly(5L, 4L);
		assertThat(seqs(log().before(account, 4, null, 10))).isEmpty();
	}

	@Test
	default void eventsOfOneTypeAreLimitedAfterTheyAreFiltered() {
		AccountId account = createAccount(anId());
		for (int round = 0; round < 3; round++) {
			append(account, EventType.MEMBER_LEFT, null);
			append(account, EventType.INVITATION_EXPIRED, null);
		}
		assertThat(seqs(log().before(account, Long.MAX_VALUE, EventType.MEMBER_LEFT, 2))).containsExactly(5L, 3L);
		assertThat(seqs(log().before(account, 3, EventType.MEMBER_LEFT, 2))).containsExactly(1L);
		assertThat(seqs(log().before(account, 5, EventType.INVITATION_EXPIRED, 10))).containsExactly(4L, 2L);
		assertThat(seqs(log().before(account, 7, EventType.MEMBER_REMOVED, 10))).isEmpty();
	}

	@Test
	default void eventsOfAnInvitationAreInAscendingOrder() {
		AccountId account = createAccount(anId());
		InvitationId invitation = new InvitationId(UUID.randomUUID());
		InvitationId other = new InvitationId(UUID.randomUUID());
		append(account, EventType.INVITATION_CREATED, invitation);
		append(account, EventType.INVITATION_CREATED, other);
		append(account, EventType.MEMBER_LEFT, null);
		append(account, EventType.INVITATION_EXPIRED, invitation);
		assertThat(seqs(log().of(account, invitation))).containsExactly(1L, 4L);
		assertThat(types(log().of(account, invitation))).containsExactly("invitation.created", "invitation.expired");
		assertThat(seqs(log().of(account, other))).containsExactly(2L);
		assertThat(seqs(log().of(accountWithEvents(1), invitation))).isEmpty();
	}

	@Test
	default void anEventHasItsTypeItsActorAndItsInvitation() {
		AccountId account = createAccount(anId());
		InvitationId invitation = new InvitationId(UUID.randomUUID());
		append(account, EventType.INVITATION_EXPIRED, invitation);
		append(account, EventType.MEMBER_LEFT, null);
		StepVerifier.create(log().after(account, 0, 10)).assertNext((event) -> {
			assertThat(event.type()).isEqualTo("invitation.expired");
			assertThat(event.actor()).isEqualTo(new AccountEvent.Actor(ActorKind.SYSTEM, null, null));
			assertThat(event.invitation()).isEqualTo(new AccountEvent.InvitationRef(invitation.value(), null, null));
		}).assertNext((event) -> assertThat(event.invitation()).isNull()).expectComplete().verify(TIMEOUT);
	}

	@Test
	default void theOldestEventIsTheFirstStoredOne() {
		AccountId account = createAccount(anId());
		assertThat(log().oldest(account).blockOptional(TIMEOUT)).isEmpty();
		append(account, 4);
		assertThat(log().oldest(account).blockOptional(TIMEOUT)).contains(1L);
		purgeBefore(account, 3);
		assertThat(log().oldest(account).blockOptional(TIMEOUT)).contains(3L);
	}

	@Test
	default void theHeadHasTheNewestNumberAndTheOwner() {
		UserId owner = anId();
		AccountId account = createAccount(owner);
		StepVerifier.create(log().head(account)).assertNext((head) -> {
			assertThat(head.account()).isEqualTo(account);
			assertThat(head.seq()).isZero();
			assertThat(head.owner()).isEqualTo(owner);
		}).expectComplete().verify(TIMEOUT);
		append(account, 3);
		assertThat(log().head(account).map(EventLog.Head::seq).blockOptional(TIMEOUT)).contains(3L);
	}

	@Test
	default void theHeadStaysWhenOldEventsAreDeleted() {
		AccountId account = accountWithEvents(3);
		purgeBefore(account, 3);
		assertThat(log().head(account).map(EventLog.Head::seq).blockOptional(TIMEOUT)).contains(3L);
	}

	@Test
	default void theHeadWasReadAfterTheNewestEventWasWritten() {
		AccountId account = accountWithEvents(1);
		AccountEvent newest = log().after(account, 0, 1).next().blockOptional(TIMEOUT).orElseThrow();
		assertThat(log().head(account).map(EventLog.Head::readAt).block(TIMEOUT)).isAfter(newest.at());
	}

	@Test
	default void anAccountThatDoesNotExistHasNoHeadAndNoEvents() {
		AccountId unknown = new AccountId(UUID.randomUUID());
		assertThat(log().head(unknown).blockOptional(TIMEOUT)).isEmpty();
		assertThat(log().oldest(unknown).blockOptional(TIMEOUT)).isEmpty();
		assertThat(seqs(log().after(unknown, 0, 10))).isEmpty();
		assertThat(seqs(log().before(unknown, 10, null, 10))).isEmpty();
	}

	@Test
	default void headsAreThoseOfTheExistingAccountsAmongTheRequestedOnes() {
		AccountId one = accountWithEvents(1);
		AccountId two = accountWithEvents(2);
		accountWithEvents(3);
		List<EventLog.Head> heads = log().heads(List.of(two, new AccountId(UUID.randomUUID()), one))
			.collectList()
			.block(TIMEOUT);
		assertThat(heads).extracting(EventLog.Head::account).containsExactlyInAnyOrder(one, two);
		assertThat(heads).extracting(EventLog.Head::seq).containsExactlyInAnyOrder(1L, 2L);
		assertThat(log().heads(List.of()).collectList().block(TIMEOUT)).isEmpty();
	}

	@Test
	default void theEpochFitsIntoACursorAndStaysTheSame() {
		long epoch = log().epoch().blockOptional(TIMEOUT).orElseThrow();
		FeedPosition position = new FeedPosition(epoch, 1);
		assertThat(FeedPosition.of(position.toString())).contains(position);
		assertThat(log().epoch().block(TIMEOUT)).isEqualTo(epoch);
	}

	@Test
	default void aReaderResumesWithTheEventAfterItsLastOne() {
		AccountId account = accountWithEvents(4);
		assertThat(resumed(account, 1, 2)).containsExactly(2L, 3L);
		assertThat(resumed(account, 4, 2)).isEmpty();
		purgeBefore(account, 3);
		assertThat(resumed(account, 2, 10)).containsExactly(3L, 4L);
		assertThat(resumed(account, 0, 10)).containsExactly(3L, 4L);
	}

	@Test
	default void aReaderWhoseNextEventIsDeletedCannotResume() {
		AccountId account = accountWithEvents(4);
		purgeBefore(account, 3);
		StepVerifier.create(log().resumeAfter(account, 1, 10))
			.expectErrorSatisfies(
					(error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class, (refusal) -> {
						assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_CURSOR);
						assertThat(refusal.properties()).containsEntry("field", "after");
					}))
			.verify(TIMEOUT);
	}

	private List<Long> resumed(AccountId account, long seq, int limit) {
		return seqs(log().resumeAfter(account, seq, limit).flatMapIterable((events) -> events));
	}

	private AccountId accountWithEvents(int count) {
		AccountId account = createAccount(anId());
		append(account, count);
		return account;
	}

	private void append(AccountId account, int count) {
		for (int index = 0; index < count; index++) {
			append(account, EventType.MEMBER_LEFT, null);
		}
	}

	private static UserId anId() {
		return new UserId(UUID.randomUUID());
	}

	private static List<Long> seqs(Flux<AccountEvent> events) {
		return list(events.map(AccountEvent::seq));
	}

	private static List<String> types(Flux<AccountEvent> events) {
		return list(events.map(AccountEvent::type));
	}

	private static <T> List<T> list(Flux<T> values) {
		Mono<List<T>> list = values.collectList();
		List<T> result = list.block(TIMEOUT);
		return (result != null) ? result : List.of();
	}

}
