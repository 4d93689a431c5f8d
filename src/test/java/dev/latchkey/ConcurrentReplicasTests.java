package dev.latchkey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two replicas that execute commands, send mail and sweep at the same time, on the same
 * accounts, do everything exactly once.
 */
@ServiceTest
class ConcurrentReplicasTests {

	private static final Logger logger = LoggerFactory.getLogger(ConcurrentReplicasTests.class);

	private static final int ACCOUNTS = 5;

	private static final int INVITATIONS = 80;

	static TestDatabase database;

	static MailServer mail;

	static Service first;

	static Service second;

	static TestUsers users;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mail = MailServer.start();
		first = Service.on(database).mailingTo(mail).start();
		second = Service.on(database).mailingTo(mail).start();
		users = new TestUsers(first);
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		mail.close();
	}

	@Test
	void everyMailIsSentOnceAndEveryEventIsWrittenOnce() throws Exception {
		List<Owner> owners = IntStream.range(0, ACCOUNTS).mapToObj((number) -> users.anOwner()).toList();
		long started = System.nanoTime();
		List<String> addresses = inviteAtBoth(owners);
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> database.number("select count(*) from outbox") == 0);
		long sent = System.nanoTime();
		assertThat(mail.mails().stream().map(Mail::to)).containsExactlyInAnyOrderElementsOf(addresses);
		owners.forEach((owner) -> assertThat(database.letSevenDaysPass(owner.account(), "%")).isEqualTo(INVITATIONS));
		await().atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> database
				.number("select count(*) from invitation where status = 'PENDING'" + " and expires_at <= now()") == 0);
		logger.warn("{} invitations created and mailed by two replicas in {} ms, swept in {} ms", addresses.size(),
				TimeUnit.NANOSECONDS.toMillis(sent - started), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
		owners.forEach((owner) -> assertEveryEventWrittenOnce(owner));
		assertThat(mail.mails().stream().map(Mail::to)).hasSameSizeAs(addresses);
	}

	private List<String> inviteAtBoth(List<Owner> owners) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(8);
		try {
			List<Future<String>> invited = new ArrayList<>();
			for (int number = 0; number < ACCOUNTS * INVITATIONS; number++) {
				Owner owner = owners.get(number % ACCOUNTS);
				Service replica = (number % 2 == 0) ? first : second;
				invited.add(clients.submit(() -> invite(owner, replica)));
			}
			List<String> addresses = new ArrayList<>();
			for (Future<String> address : invited) {
				addresses.add(address.get(30, TimeUnit.SECONDS));
			}
			return addresses;
		}
		finally {
			clients.shutdown();
		}
	}

	private String invite(Owner owner, Service replica) {
		String address = TestUsers.anAddress();
		Response response = owner.client()
			.at(replica)
			.post(owner.path("/invitations"), Map.of("email", address, "permissions", List.of("invoices")));
		assertThat(response.status()).as(response.text()).isEqualTo(201);
		return address;
	}

	private void assertEveryEventWrittenOnce(Owner owner) {
		List<Map<String, Object>> events = database.rows(
				"select seq, type, invitation_id from account_event where account_id = ?::uuid order by seq",
				owner.account());
		assertThat(events.stream().map((event) -> event.get("seq")))
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + 3 * INVITATIONS).boxed().toList());
		Map<Object, List<Object>> byInvitation = events.stream()
			.skip(1)
			.collect(Collectors.groupingBy((event) -> event.get("invitation_id"),
					Collectors.mapping((event) -> event.get("type"), Collectors.toList())));
		assertThat(byInvitation).hasSize(INVITATIONS);
		assertThat(byInvitation.values()).allSatisfy((types) -> assertThat(types).containsExactly("invitation.created",
				"invitation.sent", "invitation.expired"));
		assertThat(owner.client().get(owner.path("/invitations")).json().path("counts").toString())
			.isEqualTo("{\"pending\":0,\"accepted\":0,\"declined\":0,\"revoked\":0,\"expired\":" + INVITATIONS + "}");
	}

}
