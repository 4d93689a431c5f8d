package dev.latchkey.invitation;

import java.util.function.LongFunction;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The owner's list of invitations, newest first.
 */
public class InvitationQueries {

	private final InvitationListStore store;

	private final AccountAccess accountAccess;

	private final LongFunction<Mono<FeedPosition>> position;

	/**
	 * Creates the queries.
	 * @param position returns the feed position of an event number
	 */
	InvitationQueries(InvitationListStore store, AccountAccess accountAccess,
			LongFunction<Mono<FeedPosition>> position) {
		this.store = store;
		this.accountAccess = accountAccess;
		this.position = position;
	}

	/**
	 * Reads a page of invitations.
	 * @param status the status of the invitations to list, null for all
	 * @param query a part of the addresses to list, in lower case, null for all
	 * @return the page, or {@link ProblemCode#OWNER_ONLY} for another member and
	 * {@link ProblemCode#NOT_FOUND} for all other users
	 */
	public Mono<InvitationList> list(AccountId account, UserId caller, @Nullable InvitationStatus status,
			@Nullable String query, Page.Request request) {
		Mono<InvitationListStore.Snapshot> read = this.store.read(account, caller,
				new InvitationListStore.Filter(status, query), request);
		// If the caller has become the owner since the first read, the second one finds
		// the list.
		return read.switchIfEmpty(Mono.defer(() -> this.accountAccess.requireOwner(account, caller)).then(read))
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)))
			.flatMap((snapshot) -> page(snapshot, request));
	}

	private Mono<InvitationList> page(InvitationListStore.Snapshot snapshot, Page.Request request) {
		return this.position.apply(snapshot.seq())
			.map((position) -> new InvitationList(Page.of(snapshot.invitations(), request, Invitation::number),
					snapshot.counts(), position));
	}

	/**
	 * How many invitations the account has in each status, independent of the filters of
	 * the list.
	 */
	public record Counts(int pending, int accepted, int declined, int revoked, int expired) {

	}

	/**
	 * A page of invitations.
	 *
	 * @param counts of the whole account
	 * @param position the feed position at which page and counts were read
	 */
	public record InvitationList(Page<Invitation> page, Counts counts, FeedPosition position) {

	}

}
