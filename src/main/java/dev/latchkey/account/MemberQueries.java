package dev.latchkey.account;

import dev.latchkey.feed.FeedPosition;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The list of members for the owner. A page contains the feed position at which it is
 * correct, so that a client can follow the feed from there.
 */
public interface MemberQueries {

	/**
	 * Reads a page of members in the order in which they joined.
	 * @param query a part of a name or address in lower case, or null for all members
	 * @return the page, or {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	Mono<MemberList> list(AccountId account, UserId caller, @Nullable String query, Page.Request request);

	/**
	 * A page of members.
	 *
	 * @param total how many members the account has, whatever the query
	 * @param position the feed position at which the page is correct
	 */
	record MemberList(Page<Member> page, int total, FeedPosition position) {

	}

}
