package dev.latchkey.invitation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The owner's list of invitations, newest first. One statement reads the page, the counts
 * and the feed position, so they are consistent.
 */
public class InvitationQueries {

	private static final String LIST = """
			select a.feed_seq, a.pending_count, a.accepted_count, a.declined_count, a.revoked_count, a.expired_count,
			       (select count(*) from invitation i where i.account_id = :account and %2$s)::int as overdue_count,
			       i.*
			  from account a
			  left join lateral (
			      select %1$s
			        from invitation i
			       where i.account_id = :account and i.number < :cursor
			         and (cast(:status as text) is null
			              or (:status = 'PENDING' and %3$s)
			              or (:status = 'EXPIRED' and (i.status = 'EXPIRED' or %2$s))
			              or (:status not in ('PENDING', 'EXPIRED') and i.status = :status))
			         and (cast(:query as text) is null or strpos(i.canonical_email, :query) > 0)
			       order by i.number desc
			       limit :limit) i on true
			 where a.id = :account and a.owner_id = :owner
			 order by i.number desc
			""".formatted(InvitationStore.COLUMNS, InvitationStore.OVERDUE, InvitationStore.LIVE);

	private final DatabaseClient database;

	private final AccountAccess accountAccess;

	private final Feed feed;

	InvitationQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		this.database = database;
		this.accountAccess = accountAccess;
		this.feed = feed;
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
		Long cursor = request.cursor();
		return this.database.sql(LIST)
			.bind("account", account.value())
			.bind("owner", caller.value())
			.bind("cursor", (cursor != null) ? cursor : Long.MAX_VALUE)
			.bind("status", Columns.orNull(R2dbcType.VARCHAR, (status != null) ? status.name() : null))
			.bind("query", Columns.orNull(R2dbcType.VARCHAR, query))
			.bind("limit", request.limit() + 1)
			.map(InvitationQueries::row)
			.all()
			.collectList()
			.filter((rows) -> !rows.isEmpty())
			.switchIfEmpty(Mono.defer(() -> this.accountAccess.requireOwner(account, caller).thenReturn(List.of())))
			.flatMap((rows) -> page(rows, request));
	}

	private Mono<InvitationList> page(List<Row> rows, Page.Request request) {
		List<Invitation> invitations = rows.stream().map(Row::invitation).filter(Objects::nonNull).toList();
		Row first = rows.get(0);
		return this.feed.position(first.seq())
			.map((position) -> new InvitationList(Page.of(invitations, request, Invitation::number), first.counts(),
					position));
	}

	private static Row row(Readable row) {
		return new Row(Columns.longValue(row, "feed_seq"), counts(row),
				(row.get("id", UUID.class) != null) ? InvitationStore.invitation(row) : null);
	}

	private static Counts counts(Readable row) {
		int overdue = Columns.intValue(row, "overdue_count");
		return new Counts(Columns.intValue(row, "pending_count") - overdue, Columns.intValue(row, "accepted_count"),
				Columns.intValue(row, "declined_count"), Columns.intValue(row, "revoked_count"),
				Columns.intValue(row, "expired_count") + overdue);
	}

	private record Row(long seq, Counts counts, @Nullable Invitation invitation) {

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
