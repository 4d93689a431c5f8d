package dev.latchkey.account;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

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
 * The owner's list of members, with the feed position it is true for: one statement reads
 * both.
 */
public class MemberQueries {

	private static final String LIST = """
			select a.feed_seq, a.member_count, m.*
			  from account a
			  left join lateral (
			      select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number,
			             m.joined_at
			        from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			       where m.account_id = :account and m.number > :cursor
			         and (cast(:query as text) is null or strpos(lower(p.name), :query) > 0
			              or strpos(lower(p.email), :query) > 0)
			       order by m.number
			       limit :limit) m on true
			 where a.id = :account and a.owner_id = :owner
			 order by m.number
			""";

	private final DatabaseClient database;

	private final AccountAccess accountAccess;

	private final Feed feed;

	MemberQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		this.database = database;
		this.accountAccess = accountAccess;
		this.feed = feed;
	}

	/**
	 * A page of members in the order in which they joined.
	 * @param query a part of a name or address, in lower case, or null for all
	 */
	public Mono<MemberList> list(AccountId account, UserId caller, @Nullable String query, Page.Request wanted) {
		Long cursor = wanted.cursor();
		return this.database.sql(LIST)
			.bind("account", account.value())
			.bind("owner", caller.value())
			.bind("cursor", (cursor != null) ? cursor : 0L)
			.bind("query", Columns.orNull(R2dbcType.VARCHAR, query))
			.bind("limit", wanted.limit() + 1)
			.map(MemberQueries::line)
			.all()
			.collectList()
			.filter((lines) -> !lines.isEmpty())
			.switchIfEmpty(Mono.defer(() -> this.accountAccess.owner(account, caller).thenReturn(List.of())))
			.flatMap((lines) -> page(lines, wanted));
	}

	private Mono<MemberList> page(List<Line> lines, Page.Request wanted) {
		List<Member> members = lines.stream().map(Line::member).filter(Objects::nonNull).toList();
		Line first = lines.get(0);
		return this.feed.position(first.seq())
			.map((position) -> new MemberList(Page.of(members, wanted, Member::number), first.total(), position));
	}

	private static Line line(Readable row) {
		return new Line(Columns.longValue(row, "feed_seq"), Columns.intValue(row, "member_count"),
				(row.get("user_id", UUID.class) != null) ? member(row) : null);
	}

	static Member member(Readable row) {
		return new Member(Columns.uuid(row, "account_id"), Columns.uuid(row, "user_id"), Columns.string(row, "name"),
				Columns.string(row, "email"), Columns.booleanValue(row, "owner"), Columns.strings(row, "permissions"),
				Columns.intValue(row, "version"), Columns.longValue(row, "number"), Columns.instant(row, "joined_at"));
	}

	private record Line(long seq, int total, @Nullable Member member) {

	}

	/**
	 * A page of members.
	 *
	 * @param total how many members the account has
	 */
	public record MemberList(Page<Member> page, int total, FeedPosition position) {

	}

}
