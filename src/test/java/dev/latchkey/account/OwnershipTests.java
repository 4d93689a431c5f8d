package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exactly one owner, whom nobody edits or removes and who can't leave; managing users is
 * the owner's alone; whoever is removed is out in the very next call.
 */
class OwnershipTests {

	private static final Map<String, List<String>> QUOTES = Map.of("permissions", List.of("quotes"));

	static TestDatabase database;

	static Service service;

	static TestUsers people;

	Owner owner;

	Person member;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).start();
		people = new TestUsers(service);
	}

	@AfterAll
	static void everythingIsInOrder() {
		new AccountAudit(database).check();
		service.close();
	}

	@BeforeEach
	void newAccount() {
		this.owner = people.anOwner();
		this.member = join();
	}

	@Test
	void theOwnerIsNotEditedByThemselves() {
		Answer answer = put(this.owner.person(), this.owner.person(), 1);
		assertThat(answer.status() + " " + answer.code()).isEqualTo("409 owner-immutable");
		assertThat(put(this.owner.person(), this.owner.person(), 7).code()).isEqualTo("owner-immutable");
	}

	@Test
	void theOwnerNeitherRemovesThemselvesNorLeaves() {
		assertThat(remove(this.owner.person(), this.owner.person()).code()).isEqualTo("owner-immutable");
		Answer left = this.owner.client().delete(this.owner.path("/members/me"));
		assertThat(left.status() + " " + left.code()).isEqualTo("409 owner-immutable");
	}

	@Test
	void theOwnerIsInvitedByNobody() {
		assertThat(this.owner.invite(this.owner.person().address(), "invoices").code()).isEqualTo("already-member");
	}

	@Test
	void aMemberManagesNobodyNotEvenThemselves() {
		Person other = join();
		List<Answer> answers = new ArrayList<>();
		for (Person target : List.of(this.owner.person(), this.member, other)) {
			answers.add(put(this.member, target, 1));
			answers.add(remove(this.member, target));
			answers.add(this.member.client().get(member(target)));
		}
		answers.add(this.member.client().get(this.owner.path("/members")));
		answers.add(this.member.client().get(this.owner.path("/invitations")));
		answers.add(this.member.client()
			.post(this.owner.path("/invitations"),
					Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes"))));
		assertThat(answers)
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("403 owner-only"));
		assertThat(members()).isEqualTo(3);
	}

	@Test
	void aStrangerLearnsNothingOfTheAccount() {
		Person stranger = people.aUser();
		assertThat(List.of(put(stranger, this.member, 1), remove(stranger, this.member),
				stranger.client().get(this.owner.path("/members")),
				stranger.client().delete(this.owner.path("/members/me"))))
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("404 not-found"));
	}

	@Test
	void whoeverIsRemovedIsOutInTheVeryNextCall() {
		assertThat(access(this.member)).isEqualTo(204);
		assertThat(remove(this.owner.person(), this.member).status()).isEqualTo(204);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(this.member.client().get(this.owner.path("")).status()).isEqualTo(404);
		assertThat(this.member.client().get(this.owner.path("/members/me")).status()).isEqualTo(404);
		assertThat(remove(this.owner.person(), this.member).code()).isEqualTo("not-found");
	}

	@Test
	void whoeverLeavesIsOutInTheVeryNextCall() {
		assertThat(this.member.client().delete(this.owner.path("/members/me")).status()).isEqualTo(204);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(this.member.client().delete(this.owner.path("/members/me")).code()).isEqualTo("not-found");
	}

	@Test
	void anEditHoldsInTheVeryNextCall() {
		assertThat(put(this.owner.person(), this.member, 1).status()).isEqualTo(200);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(put(this.owner.person(), this.member, 1).status()).isEqualTo(412);
	}

	@Test
	void removingTouchesThatMembershipAlone() {
		Owner other = people.anOwner();
		joinAs(this.member, other);
		assertThat(remove(this.owner.person(), this.member).status()).isEqualTo(204);
		assertThat(this.member.client().get(other.path("/access?permission=invoices")).status()).isEqualTo(204);
		assertThat(this.member.client().get("/session").status()).isEqualTo(200);
	}

	@Test
	void theOwnerStaysWhateverIsTriedAtOnce() {
		AtomicInteger turn = new AtomicInteger();
		List<Person> callers = List.of(this.owner.person(), this.member);
		List<Answer> answers = Concurrently.run(40, () -> {
			int number = turn.getAndIncrement();
			Person caller = callers.get(number % 2);
			return switch (number / 2 % 3) {
				case 0 -> put(caller, this.owner.person(), 1);
				case 1 -> remove(caller, this.owner.person());
				default -> this.owner.client().delete(this.owner.path("/members/me"));
			};
		});
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.code()).isIn("owner-immutable", "owner-only"));
		assertThat(this.owner.client().get(this.owner.path("/members/me")).json().path("owner").asBoolean()).isTrue();
	}

	@Test
	void ofManyRemovalsAndDeparturesAtOnceOneCounts() {
		AtomicInteger turn = new AtomicInteger();
		List<Answer> answers = Concurrently.run(20,
				() -> (turn.getAndIncrement() % 2 == 0) ? remove(this.owner.person(), this.member)
						: this.member.client().delete(this.owner.path("/members/me")));
		assertThat(answers).filteredOn((answer) -> answer.status() == 204).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 204)
			.allSatisfy((answer) -> assertThat(answer.code()).isEqualTo("not-found"));
		assertThat(members()).isOne();
	}

	@Test
	void ofManyEditsOfOneVersionAtOnceOneCounts() {
		List<Answer> answers = Concurrently.run(20, () -> put(this.owner.person(), this.member, 1));
		assertThat(answers).filteredOn((answer) -> answer.status() == 200).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 200)
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("412 stale"));
	}

	private Person join() {
		Person person = people.aUser();
		joinAs(person, this.owner);
		return person;
	}

	private static void joinAs(Person person, Owner owner) {
		Answer invited = owner.invite(person.address(), "invoices");
		String token = service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
		assertThat(person.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
	}

	private String member(Person person) {
		return this.owner.path("/members/" + person.id());
	}

	private Answer put(Person caller, Person target, int version) {
		return caller.client().put(member(target) + "/permissions", QUOTES, "If-Match", "\"" + version + "\"");
	}

	private Answer remove(Person caller, Person target) {
		return caller.client().delete(member(target));
	}

	private int access(Person person) {
		return person.client().get(this.owner.path("/access?permission=invoices")).status();
	}

	private long members() {
		return database.number("select count(*) from membership where account_id = ?::uuid", this.owner.account());
	}

}
