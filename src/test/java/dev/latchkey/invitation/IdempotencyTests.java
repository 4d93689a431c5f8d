package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.OutboxRecord;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command with an {@code Idempotency-Key} is executed once, even if it is sent many
 * times or concurrently. Its receipt is committed in the same transaction.
 */
@DatabaseTest
class IdempotencyTests {

	private static final String KEY = "Idempotency-Key";

	private static final String REPLAYED = "Idempotency-Replayed";

	static TestDatabase database;

	static Service service;

	static OutboxRecord outbox;

	static TestUsers users;

	Owner owner;

	String address;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).set("latchkey.invitations.resend-cooldown", "0s").start();
		outbox = OutboxRecord.of(database, true);
		users = new TestUsers(service);
	}

	@AfterAll
	static void checkAllAccountsAndStop() {
		new AccountAudit(database).check();
		outbox.checkOneMailForEachLink();
		service.close();
	}

	@BeforeEach
	void createOwner() {
		this.owner = users.anOwner();
		this.address = TestUsers.anAddress();
	}

	private Response create(String key, String email, String permission) {
		return this.owner.client()
			.post(this.owner.path("/invitations"), Map.of("email", email, "permissions", List.of(permission)), KEY,
					key);
	}

	private long count(String table) {
		return database.number("select count(*) from " + table + " where account_id = ?::uuid", this.owner.account());
	}

	private static void assertAllButOneReplayed(List<Response> answers, int status) {
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.status()).as(answer.text()).isEqualTo(status));
		assertThat(answers.stream().map((answer) -> answer.at("id")).distinct()).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.header(REPLAYED) == null).hasSize(1);
		assertThat(answers).filteredOn((answer) -> "true".equals(answer.header(REPLAYED))).hasSize(answers.size() - 1);
	}

	@Nested
	class Create {

		@Test
		void twiceWithOneKeyCreatesOneInvitation() {
			Response first = create("k", IdempotencyTests.this.address, "invoices");
			Response second = create("k", IdempotencyTests.this.address, "invoices");
			assertAllButOneReplayed(List.of(first, second), 201);
			assertThat(second.header("Location")).isEqualTo(first.header("Location"));
			assertThat(count("invitation")).isOne();
		}

		@Test
		void concurrentlyWithOneKeyCreatesOneInvitationOneMailAndOneEvent() {
			List<Response> answers = Concurrently.run(20, () -> create("k", IdempotencyTests.this.address, "invoices"));
			assertAllButOneReplayed(answers, 201);
			assertThat(count("invitation")).isOne();
			assertThat(database.number(
					"select count(*) from account_event where account_id = ?::uuid and type = 'invitation.created'",
					IdempotencyTests.this.owner.account()))
				.isOne();
			assertThat(database.number("select count(*) from outbox_record where shard_id = ?::uuid",
					IdempotencyTests.this.owner.account()))
				.isOne();
		}

		@Test
		void anotherBodyWithTheSameKeyIsRefused() {
			create("k", IdempotencyTests.this.address, "invoices");
			Response other = create("k", IdempotencyTests.this.address, "quotes");
			assertThat(other.status()).isEqualTo(422);
			assertThat(other.code()).isEqualTo("idempotency-key-reused");
			assertThat(create("k", TestUsers.anAddress(), "invoices").code()).isEqualTo("idempotency-key-reused");
			assertThat(count("invitation")).isOne();
		}

		@Test
		void ofConcurrentBodiesWithOneKeyOneIsExecuted() {
			List<Response> answers = Concurrently.run(10, () -> create("k", TestUsers.anAddress(), "invoices"));
			assertThat(answers).filteredOn((answer) -> answer.status() == 201).hasSize(1);
			assertThat(answers).filteredOn((answer) -> answer.status() != 201)
				.allSatisfy((answer) -> assertThat(answer.code()).isEqualTo("idempotency-key-reused"));
			assertThat(count("invitation")).isOne();
		}

		@Test
		void keysOfDifferentUsersAreIndependent() {
			Response mine = create("k", IdempotencyTests.this.address, "invoices");
			Owner other = users.anOwner();
			Response theirs = other.client()
				.post(other.path("/invitations"),
						Map.of("email", IdempotencyTests.this.address, "permissions", List.of("quotes")), KEY, "k");
			assertThat(theirs.status()).as(theirs.text()).isEqualTo(201);
			assertThat(theirs.header(REPLAYED)).isNull();
			assertThat(theirs.at("id")).isNotEqualTo(mine.at("id"));
		}

		@Test
		void theKeyOfARefusedCommandCanBeUsedAgain() {
			assertThat(create("k", IdempotencyTests.this.owner.person().address(), "invoices").code())
				.isEqualTo("already-member");
			Response done = create("k", IdempotencyTests.this.address, "invoices");
			assertThat(done.status()).as(done.text()).isEqualTo(201);
			assertThat(done.header(REPLAYED)).isNull();
		}

		@Test
		void aReplayReturnsTheCurrentState() {
			Response first = create("k", IdempotencyTests.this.address, "invoices");
			Owner owner = IdempotencyTests.this.owner;
			owner.client().post(owner.path("/invitations/" + first.at("id") + "/revoke"), "");
			assertThat(create("k", IdempotencyTests.this.address, "invoices").at("status")).isEqualTo("revoked");
		}

		@ParameterizedTest
		@ValueSource(strings = { "a b", "\t", "" })
		void aMalformedKeyIsRefused(String key) {
			Response answer = create(key, IdempotencyTests.this.address, "invoices");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.code()).isEqualTo("malformed-request");
			assertThat(count("invitation")).isZero();
		}

		@Test
		void aKeyHasAtMost64Characters() {
			assertThat(create("k".repeat(64), IdempotencyTests.this.address, "invoices").status()).isEqualTo(201);
			assertThat(create("k".repeat(65), TestUsers.anAddress(), "invoices").status()).isEqualTo(400);
		}

	}

	@Nested
	class OtherCommands {

		@Test
		void concurrentResendsWithOneKeySendOneMail() {
			String id = create("c", IdempotencyTests.this.address, "invoices").at("id");
			List<Response> answers = Concurrently.run(20, () -> command(id, "resend", "r"));
			assertAllButOneReplayed(answers, 200);
			assertThat(database.number("select send_count from invitation where id = ?::uuid", id)).isEqualTo(2);
		}

		@Test
		void concurrentRevokesWithOneKeyAllSucceed() {
			String id = create("c", IdempotencyTests.this.address, "invoices").at("id");
			assertAllButOneReplayed(Concurrently.run(20, () -> command(id, "revoke", "r")), 200);
			assertThat(command(id, "revoke", "another").code()).isEqualTo("wrong-status");
		}

		@Test
		void aKeyCannotBeUsedForAnotherCommand() {
			String id = create("c", IdempotencyTests.this.address, "invoices").at("id");
			assertThat(command(id, "resend", "c").code()).isEqualTo("idempotency-key-reused");
			assertThat(command(id, "resend", "r").status()).isEqualTo(200);
			assertThat(command(id, "revoke", "r").code()).isEqualTo("idempotency-key-reused");
		}

		@Test
		void concurrentAccountCreationsWithOneKeyCreateOneAccount() {
			Person person = users.aUser();
			List<Response> answers = Concurrently.run(20,
					() -> person.client().post("/accounts", Map.of("name", "Once"), KEY, "a"));
			assertAllButOneReplayed(answers, 201);
			assertThat(database.number("select count(*) from account where owner_id = ?::uuid", person.id())).isOne();
			assertThat(person.client().post("/accounts", Map.of("name", "Twice"), KEY, "a").code())
				.isEqualTo("idempotency-key-reused");
		}

		private Response command(String id, String command, String key) {
			Owner owner = IdempotencyTests.this.owner;
			return owner.client().send("POST", owner.path("/invitations/" + id + "/" + command), null, KEY, key);
		}

	}

}
