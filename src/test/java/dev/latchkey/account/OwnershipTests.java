package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Concurrently;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
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
 * An account has exactly one owner, who cannot be edited or removed and cannot leave.
 * Only the owner manages members. A change of permissions applies to the next request.
 */
@ServiceTest
class OwnershipTests {

	private static final Map<String, List<String>> QUOTES = Map.of("permissions", List.of("quotes"));

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	Owner owner;

	Person member;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void checkConsistencyAndStop() {
		new AccountAudit(database).check();
		service.close();
	}

	@BeforeEach
	void newAccount() {
		this.owner = users.anOwner();
		this.member = join();
	}

	@Test
	void ownerCannotEditTheirOwnPermissions() {
		Response answer = edit(this.owner.person(), this.owner.person(), 1);
		assertThat(answer.status() + " " + answer.code()).isEqualTo("409 owner-immutable");
		assertThat(edit(this.owner.person(), this.owner.person(), 7).code()).isEqualTo("owner-immutable");
	}

	@Test
	void ownerCannotRemoveThemselvesOrLeave() {
		assertThat(remove(this.owner.person(), this.owner.person()).code()).isEqualTo("owner-immutable");
		Response left = this.owner.client().delete(this.owner.path("/members/me"));
		assertThat(left.status() + " " + left.code()).isEqualTo("409 owner-immutable");
	}

	@Test
	void ownerCannotBeInvited() {
		assertThat(this.owner.invite(this.owner.person().address(), "invoices").code()).isEqualTo("already-member");
	}

	@Test
	void memberCannotManageMembers() {
		Person other = join();
		List<Response> answers = new ArrayList<>();
		for (Person target : List.of(this.owner.person(), this.member, other)) {
			answers.add(edit(this.member, target, 1));
			answers.add(remove(this.member, target));
			answers.add(this.member.client().get(memberPath(target)));
		}
		answers.add(this.member.client().get(this.owner.path("/members")));
		answers.add(this.member.client().get(this.owner.path("/invitations")));
		answers.add(this.member.client()
			.post(this.owner.path("/invitations"),
					Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes"))));
		assertThat(answers)
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("403 owner-only"));
		assertThat(memberCount()).isEqualTo(3);
	}

	@Test
	void otherUserCannotFindOutThatTheAccountExists() {
		Person stranger = users.aUser();
		assertThat(List.of(edit(stranger, this.member, 1), remove(stranger, this.member),
				stranger.client().get(this.owner.path("/members")),
				stranger.client().delete(this.owner.path("/members/me"))))
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("404 not-found"));
	}

	@Test
	void removedMemberHasNoAccessInTheNextRequest() {
		assertThat(access(this.member)).isEqualTo(204);
		assertThat(remove(this.owner.person(), this.member).status()).isEqualTo(204);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(this.member.client().get(this.owner.path("")).status()).isEqualTo(404);
		assertThat(this.member.client().get(this.owner.path("/members/me")).status()).isEqualTo(404);
		assertThat(remove(this.owner.person(), this.member).code()).isEqualTo("not-found");
	}

	@Test
	void memberWhoLeavesHasNoAccessInTheNextRequest() {
		assertThat(this.member.client().delete(this.owner.path("/members/me")).status()).isEqualTo(204);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(this.member.client().delete(this.owner.path("/members/me")).code()).isEqualTo("not-found");
	}

	@Test
	void editAppliesToTheNextRequest() {
		assertThat(edit(this.owner.person(), this.member, 1).status()).isEqualTo(200);
		assertThat(access(this.member)).isEqualTo(403);
		assertThat(edit(this.owner.person(), this.member, 1).status()).isEqualTo(412);
	}

	@Test
	void removalDoesNotAffectOtherMembershipsOrTheLogin() {
		Owner other = users.anOwner();
		joinAs(this.member, other);
		assertThat(remove(this.owner.person(), this.member).status()).isEqualTo(204);
		assertThat(this.member.client().get(other.path("/access?permission=invoices")).status()).isEqualTo(204);
		assertThat(this.member.client().get("/session").status()).isEqualTo(200);
	}

	@Test
	void concurrentCommandsDoNotChangeTheOwner() {
		AtomicInteger counter = new AtomicInteger();
		List<Person> callers = List.of(this.owner.person(), this.member);
		List<Response> answers = Concurrently.run(40, () -> {
			int number = counter.getAndIncrement();
			Person caller = callers.get(number % 2);
			return switch (number / 2 % 3) {
				case 0 -> edit(caller, this.owner.person(), 1);
				case 1 -> remove(caller, this.owner.person());
				default -> this.owner.client().delete(this.owner.path("/members/me"));
			};
		});
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.code()).isIn("owner-immutable", "owner-only"));
		assertThat(this.owner.client().get(this.owner.path("/members/me")).json().path("owner").asBoolean()).isTrue();
	}

	@Test
	void exactlyOneOfManyConcurrentRemovalsAndDeparturesSucceeds() {
		AtomicInteger counter = new AtomicInteger();
		List<Response> answers = Concurrently.run(20,
				() -> (counter.getAndIncrement() % 2 == 0) ? remove(this.owner.person(), this.member)
						: this.member.client().delete(this.owner.path("/members/me")));
		assertThat(answers).filteredOn((answer) -> answer.status() == 204).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 204)
			.allSatisfy((answer) -> assertThat(answer.code()).isEqualTo("not-found"));
		assertThat(memberCount()).isOne();
	}

	@Test
	void exactlyOneOfManyConcurrentEditsOfAVersionSucceeds() {
		List<Response> answers = Concurrently.run(20, () -> edit(this.owner.person(), this.member, 1));
		assertThat(answers).filteredOn((answer) -> answer.status() == 200).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.status() != 200)
			.allSatisfy((answer) -> assertThat(answer.status() + " " + answer.code()).isEqualTo("412 stale"));
	}

	private Person join() {
		Person person = users.aUser();
		joinAs(person, this.owner);
		return person;
	}

	private static void joinAs(Person person, Owner owner) {
		Response invited = owner.invite(person.address(), "invoices");
		String token = service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, UUID.fromString(owner.account()), UUID.fromString(invited.at("id")), 1)
			.text();
		assertThat(person.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
	}

	private String memberPath(Person person) {
		return this.owner.path("/members/" + person.id());
	}

	private Response edit(Person caller, Person target, int version) {
		return caller.client().put(memberPath(target) + "/permissions", QUOTES, "If-Match", "\"" + version + "\"");
	}

	private Response remove(Person caller, Person target) {
		return caller.client().delete(memberPath(target));
	}

	private int access(Person person) {
		return person.client().get(this.owner.path("/access?permission=invoices")).status();
	}

	private long memberCount() {
		return database.number("select count(*) from membership where account_id = ?::uuid", this.owner.account());
	}

}
