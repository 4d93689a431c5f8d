package dev.latchkey.invitation;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.LockedAccount;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of an account. A client that exceeds one is told when to try again. The tests
 * use low limits of the service; limits of the account override them.
 */
@DatabaseTest
class LimitTests {

	private static final int CREATIONS = 6;

	private static final int PENDING = 4;

	private static final int RESENDS = 3;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.invitations.max-creations-per-day", Integer.toString(CREATIONS))
			.set("latchkey.invitations.max-pending", Integer.toString(PENDING))
			.set("latchkey.invitations.max-resends-per-day", Integer.toString(RESENDS))
			.set("latchkey.invitations.resend-cooldown", "60s")
			.set("latchkey.invitations.sweep-interval", "1h")
			.start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createOwner() {
		this.owner = users.anOwner();
	}

	private Response invite() {
		return this.owner.invite(TestUsers.anAddress(), "invoices");
	}

	private String invited(String address) {
		Response answer = this.owner.invite(address, "invoices");
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.at("id");
	}

	private Response command(String id, String command) {
		return this.owner.client().send("POST", this.owner.path("/invitations/" + id + "/" + command), null);
	}

	private void updateAccount(String assignment) {
		database.update("update account set " + assignment + " where id = ?::uuid", this.owner.account());
	}

	/**
	 * Lets the cooldown of a resend pass.
	 */
	private void passCooldown(String id) {
		database.update("update invitation set issued_at = issued_at - interval '61 seconds' where id = ?::uuid", id);
	}

	private static void age(String id) {
		database.update("update invitation set issued_at = issued_at - interval '8 days',"
				+ " expires_at = expires_at - interval '8 days' where id = ?::uuid", id);
	}

	private static void assertLimited(Response answer, String code, long maxWait) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(429);
		assertThat(answer.code()).isEqualTo(code);
		assertThat(Long.parseLong(String.valueOf(answer.header("Retry-After")))).isBetween(1L, maxWait);
	}

	@Nested
	class Creations {

		@Test
		void areCountedByTheDay() {
			for (int count = 0; count < CREATIONS; count++) {
				command(invited(TestUsers.anAddress()), "revoke");
			}
			assertLimited(invite(), "limit-reached", 86_400);
			updateAccount("creation_window = now() - interval '25 hours'");
			assertThat(invite().status()).isEqualTo(201);
			assertThat(database.number("select creation_count from account where id = ?::uuid",
					LimitTests.this.owner.account()))
				.isOne();
		}

		@Test
		void haveALimitThatTheAccountCanOverride() {
			updateAccount("max_creations_per_day = 1");
			assertThat(invite().status()).isEqualTo(201);
			assertLimited(invite(), "limit-reached", 86_400);
			updateAccount("max_creations_per_day = 2");
			assertThat(invite().status()).isEqualTo(201);
			updateAccount("max_creations_per_day = 0");
			assertLimited(invite(), "limit-reached", 86_400);
		}

		@Test
		void areLimitedExactlyUnderConcurrency() {
			updateAccount("max_pending = 100");
			List<Response> answers = Concurrently.run(20, LimitTests.this::invite);
			assertThat(answers).filteredOn((answer) -> answer.status() == 201).hasSize(CREATIONS);
			assertThat(answers).filteredOn((answer) -> answer.status() != 201)
				.allSatisfy((answer) -> assertLimited(answer, "limit-reached", 86_400));
		}

		@Test
		void areNotCountedIfRefused() {
			String address = TestUsers.anAddress();
			invited(address);
			for (int count = 0; count < CREATIONS; count++) {
				assertThat(LimitTests.this.owner.invite(address, "invoices").status()).isEqualTo(409);
			}
			assertThat(invite().status()).isEqualTo(201);
		}

	}

	@Nested
	class PendingInvitations {

		@Test
		void areLimited() {
			String first = invited(TestUsers.anAddress());
			for (int count = 1; count < PENDING; count++) {
				invited(TestUsers.anAddress());
			}
			Response refused = invite();
			assertThat(refused.status()).isEqualTo(409);
			assertThat(refused.code()).isEqualTo("too-many-pending");
			command(first, "revoke");
			assertThat(invite().status()).isEqualTo(201);
		}

		@Test
		void areLimitedExactlyUnderConcurrency() {
			updateAccount("max_creations_per_day = 100");
			List<Response> answers = Concurrently.run(20, LimitTests.this::invite);
			assertThat(answers).filteredOn((answer) -> answer.status() == 201).hasSize(PENDING);
			assertThat(answers).filteredOn((answer) -> answer.status() != 201)
				.allSatisfy((answer) -> assertThat(answer.code()).isEqualTo("too-many-pending"));
		}

		@Test
		void haveALimitThatTheAccountCanOverride() {
			updateAccount("max_pending = 1");
			invited(TestUsers.anAddress());
			assertThat(invite().code()).isEqualTo("too-many-pending");
			updateAccount("max_pending = 2");
			assertThat(invite().status()).isEqualTo(201);
		}

		@Test
		void areNotCountedIfOverdue() {
			updateAccount("max_pending = 1");
			age(invited(TestUsers.anAddress()));
			assertThat(invite().status()).isEqualTo(201);
		}

		@Test
		void areNotCountedIfOverdueInALockedAccount() {
			updateAccount("max_pending = 1");
			age(invited(TestUsers.anAddress()));
			try (LockedAccount locked = LockedAccount.hold(database,
					UUID.fromString(LimitTests.this.owner.account()))) {
				CompletableFuture<Response> answer = CompletableFuture.supplyAsync(LimitTests.this::invite);
				locked.awaitWaiting(1);
				locked.release();
				assertThat(answer.join().status()).as(answer.join().text()).isEqualTo(201);
			}
		}

		@Test
		void limitTheResendOfExpiredButNotOfPendingInvitations() {
			updateAccount("max_pending = 1");
			String expired = invited(TestUsers.anAddress());
			age(expired);
			String pending = invited(TestUsers.anAddress());
			assertThat(command(expired, "resend").code()).isEqualTo("too-many-pending");
			passCooldown(pending);
			assertThat(command(pending, "resend").status()).isEqualTo(200);
		}

	}

	@Nested
	class MailsToOneInvitee {

		@Test
		void haveACooldownOf60Seconds() {
			String id = invited(TestUsers.anAddress());
			assertLimited(command(id, "resend"), "resend-too-soon", 60);
			passCooldown(id);
			assertThat(command(id, "resend").status()).isEqualTo(200);
			assertLimited(command(id, "resend"), "resend-too-soon", 60);
		}

		@Test
		void areCountedByTheDay() {
			String id = invited(TestUsers.anAddress());
			for (int count = 0; count < RESENDS; count++) {
				passCooldown(id);
				assertThat(command(id, "resend").status()).isEqualTo(200);
			}
			passCooldown(id);
			assertLimited(command(id, "resend"), "limit-reached", 86_400);
			database.update("update invitee_quota set window_start = window_start - interval '25 hours'");
			assertThat(command(id, "resend").status()).isEqualTo(200);
		}

		@Test
		void areCountedAcrossRevokedInvitationsAndAliases() {
			updateAccount("max_creations_per_day = 100");
			String name = "alias" + UUID.randomUUID();
			command(invited(name + "@example.test"), "revoke");
			for (int count = 0; count < RESENDS; count++) {
				command(invited(name + "+tag" + count + "@example.test"), "revoke");
			}
			Response refused = LimitTests.this.owner.invite(name + "@example.test", "invoices");
			assertLimited(refused, "limit-reached", 86_400);
			assertThat(invite().status()).isEqualTo(201);
		}

		@Test
		void areCountedForEachAccount() {
			String address = TestUsers.anAddress();
			String id = invited(address);
			for (int count = 0; count < RESENDS; count++) {
				passCooldown(id);
				command(id, "resend");
			}
			assertThat(users.anOwner().invite(address, "invoices").status()).isEqualTo(201);
		}

		@Test
		void areSentOnceForConcurrentResends() {
			String id = invited(TestUsers.anAddress());
			passCooldown(id);
			List<Response> answers = Concurrently.run(20, () -> command(id, "resend"));
			assertThat(answers).filteredOn((answer) -> answer.status() == 200).hasSize(1);
			assertThat(answers).filteredOn((answer) -> answer.status() != 200)
				.allSatisfy((answer) -> assertLimited(answer, "resend-too-soon", 60));
			assertThat(database.number("select send_count from invitation where id = ?::uuid", id)).isEqualTo(2);
		}

	}

}
