package dev.latchkey.ownership;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
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
 * An account changes hands if its owner and one of its members both want it, and at each
 * moment it has one owner.
 */
class OwnershipTransferTests {

	static TestDatabase database;

	static MailServer mails;

	static Service service;

	static TestUsers users;

	Owner owner;

	Person heir;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		mails = MailServer.start();
		service = Service.on(database).mailingTo(mails).start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void everythingIsInOrder() {
		new AccountAudit(database).check();
		service.close();
		mails.close();
	}

	@BeforeEach
	void newAccount() {
		this.owner = users.anOwner();
		this.heir = join();
	}

	@Test
	void bothWantItAndItChangesHands() {
		Answer offered = offer(this.heir);
		assertThat(offered.status()).isEqualTo(200);
		assertThat(offered.json().at("/ownershipTransfer/userId").asString()).isEqualTo(this.heir.id());
		assertThat(mails.awaitMail(this.heir.address(), 2).subject()).endsWith(": ownership offered to you");
		assertThat(account(this.heir).json().at("/ownershipTransfer/userId").asString()).isEqualTo(this.heir.id());
		assertThat(account(this.owner.person()).json().path("owner").asBoolean()).isTrue();

		Answer accepted = accept(this.heir);
		assertThat(accepted.status()).isEqualTo(200);
		assertThat(accepted.json().path("owner").asBoolean()).isTrue();
		assertThat(accepted.json().has("ownershipTransfer")).isFalse();
		assertThat(account(this.owner.person()).json().path("owner").asBoolean()).isFalse();
		assertThat(this.heir.client().get(this.owner.path("/members")).status()).isEqualTo(200);
		Answer old = this.owner.client().get(this.owner.path("/members"));
		assertThat(old.status() + " " + old.code()).isEqualTo("403 owner-only");
		assertThat(this.owner.client().get(this.owner.path("/members/me")).json().path("permissions").size())
			.isEqualTo(13);
		assertThat(mails.awaitMail(this.owner.person().address()).subject()).endsWith(" has a new owner");
		assertThat(types()).startsWith("ownership.transferred", "ownership.offered");
	}

	@Test
	void theOldOwnerIsAMemberLikeAnyOther() {
		offer(this.heir);
		accept(this.heir);
		String member = this.owner.path("/members/" + this.owner.person().id());
		Answer read = this.heir.client().get(member + "/permissions");
		assertThat(this.heir.client()
			.put(member + "/permissions", Map.of("permissions", List.of("quotes")), "If-Match",
					String.valueOf(read.header("ETag")))
			.status()).isEqualTo(200);
		assertThat(this.heir.client().delete(member).status()).isEqualTo(204);
		assertThat(account(this.owner.person()).status()).isEqualTo(404);
	}

	@Test
	void whatTheOldOwnerHasOfferedIsTheNewOwnersWord() {
		String address = TestUsers.anAddress();
		Answer invitation = this.owner.invite(address, "domains");
		offer(this.heir);
		accept(this.heir);
		assertThat(this.heir.client().get(this.owner.path("/invitations/" + invitation.at("id"))).at("inviterId"))
			.isEqualTo(this.heir.id());
		assertThat(service.anonymous()
			.post("/invitations/accept",
					Map.of("token", mails.awaitMail(address).token(), "name", "Sam", "password", TestUsers.PASSWORD))
			.status()).isEqualTo(200);
	}

	@Test
	void aSessionAloneGivesNothingAway() {
		for (int attempt = 0; attempt < 10; attempt++) {
			Answer refused = offer(this.heir, "not the password");
			assertThat(refused.status() + " " + refused.at("field")).isEqualTo("422 password");
		}
		assertThat(offer(this.heir, TestUsers.PASSWORD).code()).isEqualTo("limit-reached");
		assertThat(account(this.heir).json().has("ownershipTransfer")).isFalse();
	}

	@Test
	void onlyAMemberCanBeOfferedIt() {
		assertThat(offer(users.aUser()).code()).isEqualTo("not-found");
		assertThat(offer(this.owner.person()).code()).isEqualTo("owner-immutable");
		assertThat(this.owner.client().put(transfer(), Map.of("userId", "me", "password", TestUsers.PASSWORD)).code())
			.isEqualTo("malformed-request");
	}

	@Test
	void anOfferCanBeWithdrawnAndDeclined() {
		offer(this.heir);
		assertThat(this.owner.client().delete(transfer()).status()).isEqualTo(204);
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
		offer(this.heir);
		assertThat(this.heir.client().delete(transfer()).status()).isEqualTo(204);
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
		assertThat(this.heir.client().delete(transfer()).code()).isEqualTo("not-found");
		assertThat(types()).startsWith("ownership.declined", "ownership.offered", "ownership.withdrawn",
				"ownership.offered");
	}

	@Test
	void anotherOfferTakesThePlaceOfTheOneBefore() {
		Person other = join();
		offer(this.heir);
		offer(other);
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
		assertThat(account(this.heir).json().has("ownershipTransfer")).isFalse();
		assertThat(accept(other).status()).isEqualTo(200);
	}

	@Test
	void anOfferRunsOut() {
		offer(this.heir);
		database.update("update account set transfer_expires_at = now() where id = ?", id());
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
		assertThat(account(this.heir).json().has("ownershipTransfer")).isFalse();
		assertThat(account(this.owner.person()).json().has("ownershipTransfer")).isFalse();
	}

	@Test
	void whoeverIsRemovedIsOfferedNothingAnyMoreEvenIfTheyComeBack() {
		offer(this.heir);
		mails.awaitMail(this.heir.address(), 2);
		assertThat(this.owner.client().delete(this.owner.path("/members/" + this.heir.id())).status()).isEqualTo(204);
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
		this.owner.invite(this.heir.address(), "domains");
		this.heir.client()
			.post("/invitations/accept", Map.of("token", mails.awaitMail(this.heir.address(), 3).token()));
		assertThat(account(this.heir).status()).isEqualTo(200);
		assertThat(accept(this.heir).code()).isEqualTo("not-found");
	}

	@Test
	void theOldOwnersStreamEndsAndTheNewOwnersBegins() {
		try (Watcher watcher = this.owner.client().watch(this.owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
			offer(this.heir);
			watcher.await((seen) -> seen.event().equals("ownership.offered"));
			accept(this.heir);
			watcher.awaitEnd(Duration.ofSeconds(5));
		}
		try (Watcher watcher = this.heir.client().watch(this.owner.account(), null)) {
			watcher.await((seen) -> seen.event().equals("start"));
		}
	}

	/**
	 * Whatever comes first, there is one owner, and the loser hears that it is too late.
	 */
	@RepeatedTest(10)
	void acceptingRacesWithWithdrawingAndRemoving() {
		offer(this.heir);
		List<Supplier<Answer>> deeds = List.of(() -> accept(this.heir), () -> this.owner.client().delete(transfer()),
				() -> this.owner.client().delete(this.owner.path("/members/" + this.heir.id())));
		List<Answer> answers = deeds.parallelStream().map(Supplier::get).toList();
		assertThat(answers).extracting(Answer::status).isSubsetOf(200, 204, 403, 404, 409);
		assertThat(database.number("select count(*) from membership where account_id = ? and owner", id())).isOne();
		assertThat(answers.get(0).status() == 200)
			.isEqualTo(database.number("select count(*) from account where id = ? and owner_id = ?", id(),
					UUID.fromString(this.heir.id())) == 1);
	}

	private Person join() {
		Person person = users.aUser();
		this.owner.invite(person.address(), "domains");
		Answer joined = person.client()
			.post("/invitations/accept", Map.of("token", mails.awaitMail(person.address()).token()));
		assertThat(joined.status()).as(joined.text()).isEqualTo(200);
		return person;
	}

	private Answer offer(Person to) {
		return offer(to, TestUsers.PASSWORD);
	}

	private Answer offer(Person to, String password) {
		return this.owner.client().put(transfer(), Map.of("userId", to.id(), "password", password));
	}

	private Answer accept(Person person) {
		return person.client().send("POST", transfer() + "/accept", null);
	}

	private Answer account(Person reader) {
		return reader.client().get(this.owner.path(""));
	}

	private List<String> types() {
		Person present = account(this.heir).json().path("owner").asBoolean() ? this.heir : this.owner.person();
		return present.client()
			.get(this.owner.path("/events"))
			.json()
			.path("items")
			.valueStream()
			.map((event) -> event.path("type").asString())
			.toList();
	}

	private String transfer() {
		return this.owner.path("/ownership-transfer");
	}

	private UUID id() {
		return UUID.fromString(this.owner.account());
	}

}
