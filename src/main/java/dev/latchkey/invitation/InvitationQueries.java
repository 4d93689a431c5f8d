package dev.latchkey.invitation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The owner's list of invitations, newest first, with the counts and the feed position it
 * is true for: one statement reads them all.
 */
public class InvitationQueries {

	private static final String LIST = """
			select a.feed_seq, a.pending_count, a.accepted_count, a.declined_count, a.revoked_count, a.expired_count,
			       (select count(*) from invitation o
			         where o.account_id = :account and o.status = 'PENDING' and o.expires_at <= now())::int as overdue_count,
			       i.*
			  from account a
			  left join lateral (
			      select
			"""
			+ InvitationStore.COLUMNS + """
					        from invitation i
					       where i.account_id = :account and i.number < :cursor
					         and (cast(:status as text) is null
					              or (:status = 'PENDING' and i.status = 'PENDING' and i.expires_at > now())
					              or (:status = 'EXPIRED' and (i.status = 'EXPIRED'
					                                           or i.status = 'PENDING' and i.expires_at <= now()))
					              or (:status not in ('PENDING', 'EXPIRED') and i.status = :status))
					         and (cast(:query as text) is null or strpos(i.canonical_email, :query) > 0)
					       order by i.number desc
					       limit :limit) i on true
					 where a.id = :account and a.owner_id = :owner
					 order by i.number desc
					""";

	private final DatabaseClient database;

	private final AccountAccess accountAccess;

	private final Feed feed;

	InvitationQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		this.database = database;
		this.accountAccess = accountAccess;
		this.feed = feed;
	}

	/**
	 * A page of invitations.
	 * @param status only those with this status, or null for all
	 * @param query a part of the address, in lower case, or null for all
	 */
	public Mono<InvitationList> list(AccountId account, UserId caller, @Nullable InvitationStatus status,
			@Nullable String query, Page.Request wanted) {
		Long cursor = wanted.cursor();
		return this.database.sql(LIST)
			.bind("account", account.value())
			.bind("owner", caller.value())
			.bind("cursor", (cursor != null) ? cursor : Long.MAX_VALUE)
			.bind("status", Columns.orNull(R2dbcType.VARCHAR, (status != null) ? status.name() : null))
			.bind("query", Columns.orNull(R2dbcType.VARCHAR, query))
			.bind("limit", wanted.limit() + 1)
			.map(InvitationQueries::line)
			.all()
			.collectList()
			.filter((lines) -> !lines.isEmpty())
			.switchIfEmpty(Mono.defer(() -> this.accountAccess.owner(account, caller).thenReturn(List.of())))
			.flatMap((lines) -> page(lines, wanted));
	}

	private Mono<InvitationList> page(List<Line> lines, Page.Request wanted) {
		List<Invitation> invitations = lines.stream().map(Line::invitation).filter(Objects::nonNull).toList();
		Line first = lines.get(0);
		return this.feed.position(first.seq())
			.map((position) -> new InvitationList(Page.of(invitations, wanted, Invitation::number), first.counts(),
					position));
	}

	private static Line line(Readable row) {
		return new Line(Columns.longValue(row, "feed_seq"), counts(row),
				(row.get("id", UUID.class) != null) ? InvitationStore.invitation(row) : null);
	}

	private static Counts counts(Readable row) {
		int overdue = Columns.intValue(row, "overdue_count");
		return new Counts(Columns.intValue(row, "pending_count") - overdue, Columns.intValue(row, "accepted_count"),
				Columns.intValue(row, "declined_count"), Columns.intValue(row, "revoked_count"),
				Columns.intValue(row, "expired_count") + overdue);
	}

	private record Line(long seq, Counts counts, @Nullable Invitation invitation) {

	}

	/**
	 * How many invitations the account has of each status, whatever the list is filtered
	 * by.
	 */
	public record Counts(int pending, int accepted, int declined, int revoked, int expired) {

	}

	/**
	 * A page of invitations.
	 */
	public record InvitationList(Page<Invitation> page, Counts counts, FeedPosition position) {

	}

}
