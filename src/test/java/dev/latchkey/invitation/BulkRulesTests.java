package dev.latchkey.invitation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Refusals;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each row of a batch is decided by the rules for a single invitation, as if the rows
 * before it had been committed. A dry run has the same results and changes nothing,
 * however the rows are distributed over batches.
 */
@DatabaseTest
class BulkRulesTests {

	private static final int MAX_RESENDS = 10;

	private static final UserId MEMBER = new UserId(UUID.fromString("018f0000-0000-7000-8000-00000000000d"));

	private InvitationFixture fixture;

	@BeforeEach
	void createAccount() {
		StoreFixture store = StoreFixture.shared();
		this.fixture = InvitationFixture.of(store.database(), store.service());
		update("insert into account_person (account_id, user_id, email, name) values (?, ?, 'member@example.com', 'Kim')",
				MEMBER.value());
		update("""
				insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
				values (?, ?, 'member@example.com', false, array['invoices'], 99)
				""", MEMBER.value());
	}

	/**
	 * The limits of the account, and rows with their results. The account has a pending
	 * invitation for pending@, an overdue one for overdue@, and used up the mails to
	 * full@ except for one.
	 */
	static Stream<Arguments> batches() {
		return Stream.of(Arguments.of("no limits", "",
				List.of("new@ created", "NEW@ already-pending", "new+tag@ created", "member@ already-member",
						"pending@ already-pending", "overdue@ created", "overdue@ already-pending", "last@ created")),
				Arguments.of("pending invitations, of which overdue ones do not count", ", max_pending = 3",
						List.of("member@ already-member", "a@ created", "b@ created", "c@ too-many-pending",
								"c@ too-many-pending", "pending@ already-pending", "overdue@ too-many-pending")),
				Arguments
					.of("pending invitations before creations", ", max_pending = 2, max_creations_per_day = 1", List
						.of("a@ created", "b@ too-many-pending")),
				Arguments.of("creations before mails", ", max_creations_per_day = 1",
						List.of("full+1@ created", "full+2@ limit-reached", "a@ limit-reached")),
				Arguments.of("mails of earlier requests", "",
						List.of("full+1@ created", "full+2@ limit-reached", "FULL@ limit-reached",
								"full+1@ already-pending", "other@ created")),
				Arguments.of("mails of the same request", "",
						Stream
							.concat(Stream.iterate(0, (tag) -> tag <= MAX_RESENDS, (tag) -> tag + 1)
								.map((tag) -> "many+" + tag + "@ created"),
									Stream.of("many@ limit-reached", "one@ created", "many+x@ limit-reached"))
							.toList()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("batches")
	void decideInOrderAndADryRunDecidesTheSame(String name, String limits, List<String> rows) {
		Invitation overdue = this.fixture.invite(EmailAddress.of("overdue@example.com"));
		this.fixture.age(overdue);
		this.fixture.invite(EmailAddress.of("pending@example.com"));
		update("insert into invitee_quota (account_id, mailbox, window_start, resends)"
				+ " values (?, 'full@example.com', now() - interval '20 hours', ?)", MAX_RESENDS - 1);
		update("update account set creation_count = 0" + limits + " where id = ?");
		List<?> before = state();
		for (int batchSize : new int[] { 1, 2, rows.size() }) {
			assertThat(check(rows, batchSize)).as("batches of %d", batchSize).isEqualTo(rows);
			assertThat(state()).isEqualTo(before);
		}
		assertThat(create(rows, Optional.empty())).extracting(BulkRulesTests::code)
			.isEqualTo(rows.stream().map((row) -> row.substring(row.indexOf(' ') + 1)).toList());
		assertThat(this.fixture.database().number("""
				select count(*) from account a
				 where a.id = ? and (a.feed_seq, a.feed_seq) =
				       (select count(*), max(e.seq) from account_event e where e.account_id = a.id)
				   and (a.invitation_seq, a.invitation_seq) =
				       (select count(*), max(i.number) from invitation i where i.account_id = a.id)
				""", this.fixture.account().value())).as("accounts whose numbers have no gap").isOne();
	}

	@Test
	void aRefusalByALimitNamesTheWait() {
		update("update account set max_creations_per_day = 1, creation_window = now() - interval '20 hours' where id = ?");
		List<BulkResult> results = create(List.of("a@", "b@"), Optional.empty());
		assertThat(((BulkResult.Refused) results.get(1)).problem().retryAfter()).isBetween(Duration.ofHours(3),
				Duration.ofHours(4));
	}

	@Test
	void aRepeatedRequestReturnsWhatWasCreatedAndDecidesTheRestAgain() {
		Optional<IdempotencyKey> key = Optional.of(IdempotencyKey.of("import-1", "content"));
		BulkResult.Created first = (BulkResult.Created) create(List.of("a@", "member@", "b@"), key).get(0);
		update("update account set max_pending = 0 where id = ?");
		List<BulkResult> again = create(List.of("a@", "c@", "other@"), key);
		assertThat(again.get(0)).isEqualTo(new BulkResult.Created(1, first.id(), true));
		assertThat(again.subList(1, 3)).extracting(BulkRulesTests::code)
			.containsExactly("too-many-pending", "idempotency-key-reused");
	}

	@Test
	void aCallerWhoIsNotTheOwnerIsRefusedTheWholeBatch() {
		Service service = this.fixture.service();
		BulkStore store = new R2dbcBulkStore(service.bean(DatabaseClient.class),
				service.bean(TransactionalOperator.class), service.bean(IdGenerator.class),
				service.bean(InvitationProperties.class));
		List<BulkLine.Row> rows = rows(List.of("a@", "b@"), Optional.empty());
		assertThat(Refusals.refusalOf(store.create(this.fixture.account(), MEMBER, rows)).code())
			.isEqualTo(ProblemCode.OWNER_ONLY);
		assertThat(
				Refusals.refusalOf(store.check(this.fixture.account(), new UserId(UUID.randomUUID()), rows, 0)).code())
			.isEqualTo(ProblemCode.NOT_FOUND);
	}

	private List<BulkResult> create(List<String> rows, Optional<IdempotencyKey> key) {
		return Objects.requireNonNull(this.fixture.service()
			.bean(BulkInvitations.class)
			.create(this.fixture.account(), this.fixture.owner().user(), Flux.just(List.copyOf(rows(rows, key))))
			.blockLast());
	}

	/**
	 * The rows with the results of a dry run.
	 */
	private List<String> check(List<String> rows, int batchSize) {
		Flux<List<BulkLine>> batches = Flux.<BulkLine>fromIterable(rows(rows, Optional.empty())).buffer(batchSize);
		List<CheckedLine> checked = Objects.requireNonNull(this.fixture.service()
			.bean(BulkInvitations.class)
			.check(this.fixture.account(), this.fixture.owner().user(), batches)
			.concatMapIterable((batch) -> batch)
			.collectList()
			.block());
		return checked.stream()
			.map((line) -> localPart(rows.get((int) line.line().number() - 1)) + " " + code(line.result()))
			.toList();
	}

	private static List<BulkLine.Row> rows(List<String> rows, Optional<IdempotencyKey> key) {
		List<BulkLine.Row> parsed = new ArrayList<>();
		for (String row : rows) {
			long number = parsed.size() + 1L;
			String address = localPart(row) + "example.com";
			parsed.add(new BulkLine.Row(number,
					new NewInvitation(EmailAddress.of(address), InvitationFixture.OFFERED, null, null),
					key.map((requestKey) -> requestKey.ofLine(number, address))));
		}
		return parsed;
	}

	private static String localPart(String row) {
		return row.substring(0, row.indexOf('@') + 1);
	}

	private static String code(BulkResult result) {
		if (result instanceof BulkResult.Refused refused) {
			return refused.problem().code().code();
		}
		return (result instanceof BulkResult.Created) ? "created"
				: (result instanceof BulkResult.AlreadyMember) ? "already-member" : "already-pending";
	}

	/**
	 * What commands change. Mails are sent meanwhile, so their events are left out.
	 */
	private List<?> state() {
		return this.fixture.database()
			.rows("""
					select a.invitation_seq, a.pending_count, a.expired_count, a.creation_count, a.creation_window,
					       (select array_agg(i.status order by i.number)::text from invitation i
					         where i.account_id = a.id) as invitations,
					       (select array_agg(q.mailbox || q.resends order by q.mailbox)::text from invitee_quota q
					         where q.account_id = a.id) as quotas,
					       (select count(*) from account_event e
					         where e.account_id = a.id and e.type in ('invitation.created', 'invitation.expired')) as events,
					       (select count(*) from outbox o
					         where o.shard_id = a.id
					           and o.subject_id not in (select id from invitation where account_id = a.id)) as other_mails
					  from account a where a.id = ?
					""",
					this.fixture.account().value());
	}

	private void update(String sql, Object... parameters) {
		List<Object> all = new ArrayList<>(List.of(this.fixture.account().value()));
		all.addAll(List.of(parameters));
		this.fixture.database().update(sql, all.toArray());
	}

}
