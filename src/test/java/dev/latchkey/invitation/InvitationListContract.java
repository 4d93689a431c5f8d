package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.invitation.InvitationListStore.Filter;
import dev.latchkey.invitation.InvitationListStore.Snapshot;
import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.latchkey.invitation.InvitationStatus.ACCEPTED;
import static dev.latchkey.invitation.InvitationStatus.DECLINED;
import static dev.latchkey.invitation.InvitationStatus.EXPIRED;
import static dev.latchkey.invitation.InvitationStatus.PENDING;
import static dev.latchkey.invitation.InvitationStatus.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link InvitationListStore} does.
 */
interface InvitationListContract {

	InvitationListStore listStore();

	StoredInvitations stored();

	@Test
	default void listsTheNewestFirst() {
		addAll();
		assertThat(numbers(null, null, 10, null)).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
	}

	@Test
	default void readsOneInvitationMoreThanThePageHas() {
		addAll();
		assertThat(numbers(null, null, 2, null)).containsExactly(6L, 5L, 4L);
		assertThat(numbers(null, null, 2, 5L)).containsExactly(4L, 3L, 2L);
		assertThat(numbers(null, null, 2, 2L)).containsExactly(1L);
		assertThat(numbers(null, null, 2, 1L)).isEmpty();
	}

	@Test
	default void filtersByTheStatusThatReadersSee() {
		addAll();
		assertThat(numbers(PENDING, null, 10, null)).containsExactly(1L);
		assertThat(numbers(EXPIRED, null, 10, null)).containsExactly(6L, 5L);
		assertThat(numbers(ACCEPTED, null, 10, null)).containsExactly(2L);
		assertThat(numbers(DECLINED, null, 10, null)).containsExactly(3L);
		assertThat(numbers(REVOKED, null, 10, null)).containsExactly(4L);
	}

	@Test
	default void filtersByAPartOfTheAddressLiterally() {
		addAll();
		assertThat(numbers(null, "kim", 10, null)).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
		assertThat(numbers(null, "kim3@", 10, null)).containsExactly(3L);
		assertThat(numbers(null, "%", 10, null)).isEmpty();
		assertThat(numbers(null, "kim_", 10, null)).isEmpty();
		assertThat(numbers(REVOKED, "kim3", 10, null)).isEmpty();
	}

	@Test
	default void filtersByTheTypedAndTheAsciiFormOfADomain() {
		stored().add(1, "Kim@ex\u00e4mple.org", PENDING, Duration.ofHours(1));
		stored().add(2, "Kim@xn--exmple-cua.net", PENDING, Duration.ofHours(1));
		assertThat(numbers(null, "kim@ex\u00e4", 10, null)).containsExactly(1L);
		assertThat(numbers(null, "xn--exmple", 10, null)).containsExactly(2L, 1L);
		assertThat(numbers(null, "ex\u00e4mple.net", 10, null)).containsExactly(2L);
		assertThat(numbers(null, "kim@ex\u00e4mple.", 10, null)).containsExactly(2L, 1L);
	}

	@Test
	default void readsAnOverdueInvitationAsExpiredAtItsExpiryTime() {
		addAll();
		Invitation overdue = read(EXPIRED, "kim6", 10, null).invitations().get(0);
		assertThat(overdue.status()).isEqualTo(EXPIRED);
		assertThat(overdue.endedAt()).isEqualTo(overdue.expiresAt());
	}

	@Test
	default void countsAllInvitationsWhateverIsListed() {
		addAll();
		assertThat(read(REVOKED, "nobody", 1, 1L).counts()).isEqualTo(new Counts(1, 1, 1, 1, 2));
	}

	@Test
	default void listsNothingOfAnEmptyAccountButItsCounts() {
		Snapshot snapshot = read(null, null, 10, null);
		assertThat(snapshot.invitations()).isEmpty();
		assertThat(snapshot.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
	}

	@Test
	default void isEmptyForAUserWhoDoesNotOwnTheAccount() {
		addAll();
		StepVerifier.create(listStore().read(stored().account(), new UserId(UUID.randomUUID()), new Filter(null, null),
				new Page.Request(10, null)))
			.verifyComplete();
	}

	private void addAll() {
		InvitationStatus[] statuses = { PENDING, ACCEPTED, DECLINED, REVOKED, EXPIRED, PENDING };
		for (int number = 1; number <= statuses.length; number++) {
			Duration validity = (number == statuses.length) ? Duration.ofHours(-1) : Duration.ofHours(1);
			stored().add(number, "Kim" + number + "@example.com", statuses[number - 1], validity);
		}
	}

	private List<Long> numbers(@Nullable InvitationStatus status, @Nullable String query, int limit,
			@Nullable Long cursor) {
		return read(status, query, limit, cursor).invitations().stream().map(Invitation::number).toList();
	}

	private Snapshot read(@Nullable InvitationStatus status, @Nullable String query, int limit, @Nullable Long cursor) {
		StoredInvitations stored = stored();
		return listStore()
			.read(stored.account(), stored.owner(), new Filter(status, query), new Page.Request(limit, cursor))
			.blockOptional()
			.orElseThrow();
	}

}
