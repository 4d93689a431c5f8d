package dev.latchkey.ownership;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ownership is transferred if the owner offers it and a member accepts. The account has
 * exactly one owner at every moment.
 */
@ServiceTest
class OwnershipTransferTests {

	static TestDatabase database;

	static MailServer mailServer;

	static Service service;

	static TestUsers users;

	Owner owner;

	Person newOwner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mailServer = MailServer.start();
		service = Service.on(database).mailingTo(mailServer).start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void checkConsistencyAndStop() {
		new AccountAudit(database).check();
		service.close();
		mailServer.close();
	}

	@BeforeEach
	void newAccount() {
		this.owner = users.anOwner();
		this.newOwner = join();
	}

	@Test
	void acceptedOfferTransfersTheOwnership() {
		Response offered = offer(this.newOwner);
		assertThat(offered.status()).isEqualTo(200);
		assertThat(offered.json().at("/ownershipTransfer/userId").asString()).isEqualTo(this.newOwner.id());
		assertThat(mailServer.awaitMail(this.newOwner.address(), 2).subject())
			.startsWith("You have been offered ownership of ");
		assertThat(account(this.newOwner).json().at("/ownershipTransfer/userId").asString())
			.isEqualTo(this.newOwner.id());
		assertThat(account(this.owner.person()).json().path("owner").asBoolean()).isTrue();

		Response accepted = accept(this.newOwner);
		assertThat(accepted.status()).isEqualTo(200);
		assertThat(accepted.json().path("owner").asBoolean()).isTrue();
		assertThat(accepted.json().has("ownershipTransfer")).isFalse();
		assertThat(account(this.owner.person()).json().path("owner").asBoolean()).isFalse();
		assertThat(this.newOwner.client().get(this.owner.path("/members")).status()).isEqualTo(200);
		Response refused = this.owner.client().get(this.owner.path("/members"));
		assertThat(refused.status() + " " + refused.code()).isEqualTo("403 owner-only");
		assertThat(this.owner.client().get(this.owner.path("/members/me")).json().path("permissions").size())
			.isEqualTo(13);
		assertThat(mailServer.awaitMail(this.owner.person().address()).subject()).endsWith(" has a new owner");
		assertThat(eventTypes()).startsWith("ownership.transferred", "ownership.offered");
	}

	@Test
	void acceptingAgainIsTheSameSuccess() {
		offer(this.newOwner);
		List<Response> accepted = Concurrently.run(4, () -> accept(this.newOwner));
		assertThat(accepted).extracting(Response::status).containsOnly(200);
		assertThat(accept(this.newOwner).text()).isEqualTo(accepted.get(0).text());
		assertThat(eventTypes()).containsOnlyOnce("ownership.transferred");
		assertThat(mailServer.awaitMail(this.owner.person().address()).subject()).endsWith(" has a new owner");
		assertThat(accept(this.owner.person()).code()).isEqualTo("not-found");
	}

	@Test
	void previousOwnerIsAnOrdinaryMember() {
		offer(this.newOwner);
		accept(this.newOwner);
		String member = this.owner.path("/members/" + this.owner.person().id());
		Response read = this.newOwner.client().get(member + "/permissions");
		assertThat(this.newOwner.client()
			.put(member + "/permissions", Map.of("permissions", List.of("quotes")), "If-Match",
					String.valueOf(read.header("ETag")))
			.status()).isEqualTo(200);
		assertThat(this.newOwner.client().delete(member).status()).isEqualTo(204);
		assertThat(account(this.owner.person()).status()).isEqualTo(404);
	}

	@Test
	void newOwnerBecomesTheInviterOfPendingInvitations() {
		String address = TestUsers.anAddress();
		Response invitation = this.owner.invite(address, "domains");
		offer(this.newOwner);
		accept(this.newOwner);
		assertThat(this.newOwner.client().get(this.owner.path("/invitations/" + invitation.at("id"))).at("inviterId"))
			.isEqualTo(this.newOwner.id());
		assertThat(service.anonymous()
			.post("/invitations/accept",
					Map.of("token", mailServer.awaitMail(address).token(), "name", "Sam", "password",
							TestUsers.PASSWORD))
			.status()).isEqualTo(200);
	}

	@Test
	void offerRequiresThePassword() {
		for (int attempt = 0; attempt < 10; attempt++) {
			Response refused = offer(this.newOwner, "not the password");
			assertThat(refused.status() + " " + refused.at("field")).isEqualTo("422 password");
		}
		assertThat(offer(this.newOwner, TestUsers.PASSWORD).code()).isEqualTo("limit-reached");
		assertThat(account(this.newOwner).json().has("ownershipTransfer")).isFalse();
	}

	@Test
	void onlyAnotherMemberCanReceiveAnOffer() {
		assertThat(offer(users.aUser()).code()).isEqualTo("not-found");
		assertThat(offer(this.owner.person()).code()).isEqualTo("owner-immutable");
		assertThat(
				this.owner.client().put(transferPath(), Map.of("userId", "me", "password", TestUsers.PASSWORD)).code())
			.isEqualTo("malformed-request");
	}

	@Test
	void offerCanBeWithdrawnAndDeclined() {
		offer(this.newOwner);
		assertThat(this.owner.client().delete(transferPath()).status()).isEqualTo(204);
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
		offer(this.newOwner);
		assertThat(this.newOwner.client().delete(transferPath()).status()).isEqualTo(204);
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
		assertThat(this.newOwner.client().delete(transferPath()).code()).isEqualTo("not-found");
		assertThat(eventTypes()).startsWith("ownership.declined", "ownership.offered", "ownership.withdrawn",
				"ownership.offered");
	}

	@Test
	void newOfferReplacesTheEarlierOffer() {
		Person other = join();
		offer(this.newOwner);
		offer(other);
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
		assertThat(account(this.newOwner).json().has("ownershipTransfer")).isFalse();
		assertThat(accept(other).status()).isEqualTo(200);
	}

	@Test
	void offerExpires() {
		offer(this.newOwner);
		database.update("update account set transfer_expires_at = now() where id = ?", accountId());
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
		assertThat(account(this.newOwner).json().has("ownershipTransfer")).isFalse();
		assertThat(account(this.owner.person()).json().has("ownershipTransfer")).isFalse();
	}

	@Test
	void removalEndsTheOfferEvenIfTheMemberReturns() {
		offer(this.newOwner);
		mailServer.awaitMail(this.newOwner.address(), 2);
		assertThat(this.owner.client().delete(this.owner.path("/members/" + this.newOwner.id())).status())
			.isEqualTo(204);
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
		this.owner.invite(this.newOwner.address(), "domains");
		this.newOwner.client()
			.post("/invitations/accept", Map.of("token", mailServer.awaitMail(this.newOwner.address(), 3).token()));
		assertThat(account(this.newOwner).status()).isEqualTo(200);
		assertThat(accept(this.newOwner).code()).isEqualTo("not-found");
	}

	@Test
	void transferEndsTheStreamOfThePreviousOwner() {
		try (Watcher watcher = this.owner.client().watch(this.owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
			offer(this.newOwner);
			watcher.await((seen) -> seen.event().equals("ownership.offered"));
			accept(this.newOwner);
			watcher.awaitEnd(Duration.ofSeconds(5));
		}
		try (Watcher watcher = this.newOwner.client().watch(this.owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
		}
	}

	/**
	 * Whichever command runs first, there is one owner, and the other commands are
	 * refused.
	 */
	@RepeatedTest(10)
	void concurrentAcceptanceWithdrawalAndRemovalLeaveOneOwner() {
		offer(this.newOwner);
		List<Supplier<Response>> commands = List.of(() -> accept(this.newOwner),
				() -> this.owner.client().delete(transferPath()),
				() -> this.owner.client().delete(this.owner.path("/members/" + this.newOwner.id())));
		List<Response> answers = commands.parallelStream().map(Supplier::get).toList();
		assertThat(answers).extracting(Response::status).isSubsetOf(200, 204, 403, 404, 409);
		assertThat(database.number("select count(*) from membership where account_id = ? and owner", accountId()))
			.isOne();
		assertThat(answers.get(0).status() == 200)
			.isEqualTo(database.number("select count(*) from account where id = ? and owner_id = ?", accountId(),
					UUID.fromString(this.newOwner.id())) == 1);
	}

	private Person join() {
		Person person = users.aUser();
		this.owner.invite(person.address(), "domains");
		Response joined = person.client()
			.post("/invitations/accept", Map.of("token", mailServer.awaitMail(person.address()).token()));
		assertThat(joined.status()).as(joined.text()).isEqualTo(200);
		return person;
	}

	private Response offer(Person member) {
		return offer(member, TestUsers.PASSWORD);
	}

	private Response offer(Person member, String password) {
		return this.owner.client().put(transferPath(), Map.of("userId", member.id(), "password", password));
	}

	private Response accept(Person person) {
		return person.client().send("POST", transferPath() + "/accept", null);
	}

	private Response account(Person reader) {
		return reader.client().get(this.owner.path(""));
	}

	private List<String> eventTypes() {
		Person currentOwner = account(this.newOwner).json().path("owner").asBoolean() ? this.newOwner
				: this.owner.person();
		return currentOwner.client()
			.get(this.owner.path("/events"))
			.json()
			.path("items")
			.valueStream()
			.map((event) -> event.path("type").asString())
			.toList();
	}

	private String transferPath() {
		return this.owner.path("/ownership-transfer");
	}

	private UUID accountId() {
		return UUID.fromString(this.owner.account());
	}

}
