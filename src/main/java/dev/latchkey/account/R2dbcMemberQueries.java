package dev.latchkey.account;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.feed.Feed;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
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
 * The list of members. One statement reads the members and the feed position at which the
 * list is correct.
 */
class R2dbcMemberQueries implements MemberQueries {

	private static final String LIST = """
			select a.feed_seq, a.member_count, m.*
			  from account a
			  left join lateral (
			      select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number,
			             m.joined_at
			        from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			       where m.account_id = :account and m.number > :cursor
			         and (cast(:query as text) is null or strpos(lower(p.name), :query) > 0
			              or strpos(lower(p.email), :query) > 0 or strpos(m.canonical_email, :asciiQuery) > 0)
			       order by m.number
			       limit :limit) m on true
			 where a.id = :account and a.owner_id = :owner
			 order by m.number
			""";

	private final DatabaseClient database;

	private final AccountAccess accountAccess;

	private final Feed feed;

	R2dbcMemberQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		this.database = database;
		this.accountAccess = accountAccess;
		this.feed = feed;
	}

	@Override
	public Mono<MemberList> list(AccountId account, UserId caller, @Nullable String query, Page.Request request) {
		Mono<List<Row>> read = read(account, caller, query, request);
		// If the caller has become the owner since the first read, the second one finds
		// the list.
		return read.switchIfEmpty(Mono.defer(() -> this.accountAccess.requireOwner(account, caller)).then(read))
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)))
			.flatMap((rows) -> page(rows, request));
	}

	/**
	 * The rows of a page, or empty if the caller is not the owner.
	 */
	private Mono<List<Row>> read(AccountId account, UserId caller, @Nullable String query, Page.Request request) {
		Long cursor = request.cursor();
		return this.database.sql(LIST)
			.bind("account", account.value())
			.bind("owner", caller.value())
			.bind("cursor", (cursor != null) ? cursor : 0L)
			.bind("query", Columns.orNull(R2dbcType.VARCHAR, query))
			.bind("asciiQuery",
					Columns.orNull(R2dbcType.VARCHAR, (query != null) ? EmailAddress.toAsciiLabels(query) : null))
			.bind("limit", request.limit() + 1)
			.map(R2dbcMemberQueries::row)
			.all()
			.collectList()
			.filter((rows) -> !rows.isEmpty());
	}

	private Mono<MemberList> page(List<Row> rows, Page.Request request) {
		List<Member> members = rows.stream().map(Row::member).filter(Objects::nonNull).toList();
		Row first = rows.get(0);
		return this.feed.position(first.feedSequence())
			.map((position) -> new MemberList(Page.of(members, request, Member::number), first.total(), position));
	}

	private static Row row(Readable row) {
		return new Row(Columns.longValue(row, "feed_seq"), Columns.intValue(row, "member_count"),
				(row.get("user_id", UUID.class) != null) ? MemberConverter.member(row) : null);
	}

	private record Row(long feedSequence, int total, @Nullable Member member) {

	}

}
