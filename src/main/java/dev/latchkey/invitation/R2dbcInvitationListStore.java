package dev.latchkey.invitation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads a page, the counts and the feed position with one statement, so they are
 * consistent.
 */
class R2dbcInvitationListStore implements InvitationListStore {

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
			         and (cast(:query as text) is null or strpos(lower(i.email), :query) > 0
			              or strpos(i.canonical_email, :asciiQuery) > 0)
			       order by i.number desc
			       limit :limit) i on true
			 where a.id = :account and a.owner_id = :owner
			 order by i.number desc
			""".formatted(InvitationSql.COLUMNS, InvitationSql.OVERDUE, InvitationSql.LIVE);

	private final DatabaseClient database;

	R2dbcInvitationListStore(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Snapshot> read(AccountId account, UserId owner, Filter filter, Page.Request request) {
		InvitationStatus status = filter.status();
		Long cursor = request.cursor();
		String query = filter.query();
		return this.database.sql(LIST)
			.bind("account", account.value())
			.bind("owner", owner.value())
			.bind("cursor", (cursor != null) ? cursor : Long.MAX_VALUE)
			.bind("status", Columns.orNull(R2dbcType.VARCHAR, (status != null) ? status.name() : null))
			.bind("query", Columns.orNull(R2dbcType.VARCHAR, query))
			.bind("asciiQuery",
					Columns.orNull(R2dbcType.VARCHAR, (query != null) ? EmailAddress.toAsciiLabels(query) : null))
			.bind("limit", request.limit() + 1)
			.map(R2dbcInvitationListStore::row)
			.all()
			.collectList()
			.filter((rows) -> !rows.isEmpty())
			.map(R2dbcInvitationListStore::snapshot);
	}

	private static Snapshot snapshot(List<Row> rows) {
		Row first = rows.get(0);
		return new Snapshot(rows.stream().map(Row::invitation).filter(Objects::nonNull).toList(), first.counts(),
				first.seq());
	}

	private static Row row(Readable row) {
		return new Row(Columns.longValue(row, "feed_seq"), counts(row),
				(row.get("id", UUID.class) != null) ? InvitationSql.invitation(row) : null);
	}

	private static Counts counts(Readable row) {
		int overdue = Columns.intValue(row, "overdue_count");
		return new Counts(Columns.intValue(row, "pending_count") - overdue, Columns.intValue(row, "accepted_count"),
				Columns.intValue(row, "declined_count"), Columns.intValue(row, "revoked_count"),
				Columns.intValue(row, "expired_count") + overdue);
	}

	private record Row(long seq, Counts counts, @Nullable Invitation invitation) {

	}

}
