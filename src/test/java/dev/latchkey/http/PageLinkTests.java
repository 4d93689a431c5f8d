package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client can read every list completely by following its links only.
 */
@ServiceTest
class PageLinkTests {

	private static final Pattern LINK = Pattern.compile("<([^<>\\s\"]*)>; rel=\"(\\w+)\"");

	static Service service;

	static Service prefixed;

	static Owner account;

	static Client client;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		prefixed = Service.on(database).set("latchkey.path-prefix", "/portal").start();
		RoleFixture fixture = new RoleFixture(service, database);
		account = fixture.stage().owner();
		client = fixture.client(Role.OWNER).atRoot();
		for (int index = 0; index < 11; index++) {
			assertThat(account.invite("a+b" + index + "@example.test", "quotes").status()).isEqualTo(201);
			assertThat(account.invite("other" + index + "@example.test", "quotes").status()).isEqualTo(201);
		}
		for (int index = 0; index < 4; index++) {
			addMember(fixture);
		}
	}

	@AfterAll
	static void stop() {
		service.close();
		prefixed.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7, 100 })
	void allMembers(int limit) {
		List<String> ids = walk("/members?limit=" + limit, "userId");
		assertThat(ids).hasSize(7).doesNotHaveDuplicates().isEqualTo(walk("/members", "userId"));
	}

	/**
	 * The other query parameters are kept.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "limit=3&q=A%2Bb", "q=%61%2bB&limit=4", "status=pending&q=a%2Bb&limit=2" })
	void allInvitationsOfASearch(String query) {
		List<String> addresses = walk("/invitations?" + query, "email");
		assertThat(addresses).containsExactlyInAnyOrderElementsOf(
				IntStream.range(0, 11).mapToObj((index) -> "a+b" + index + "@example.test").toList());
	}

	@Test
	void allMembersOfASearchWithASpace() {
		assertThat(walk("/members?limit=2&q=of+person", "userId")).hasSize(7).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 9, 100 })
	void allEventsInBothDirections(int limit) {
		List<String> backwards = walk("/events?limit=" + limit, "seq");
		Response newest = client.get(path("/events?limit=1"));
		String epoch = client.get(path("/members?limit=1")).at("position").replaceAll("-.*", "");
		List<String> forwards = walk("/events?limit=" + limit + "&after=" + epoch + "-0", "seq");
		assertThat(forwards).isEqualTo(IntStream.rangeClosed(1, newest.json().path("items").get(0).path("seq").asInt())
			.mapToObj(String::valueOf)
			.toList());
		assertThat(backwards.stream()
			.sorted((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other))))
			.isEqualTo(forwards);
	}

	@Test
	void everyPageLinksToTheFirst() {
		for (String list : List.of("/members?limit=2", "/invitations?limit=2&q=a%2Bb", "/events?limit=2")) {
			Response first = client.get(path(list));
			Response second = client.get(String.valueOf(link(first, "next")));
			assertThat(client.get(String.valueOf(link(second, "first"))).text()).isEqualTo(first.text());
			assertThat(link(first, "first")).isEqualTo(path(list));
		}
	}

	@Test
	void theLinkKeepsThePathAndTheQuery() {
		Response first = client.get(path("/invitations?q=a%2Bb&limit=2&status=pending"));
		assertThat(link(first, "next"))
			.isEqualTo(path("/invitations?q=a%2Bb&limit=2&status=pending&cursor=" + first.at("next")));
		Response second = client.get(path("/invitations?cursor=" + first.at("next") + "&limit=3"));
		assertThat(link(second, "next")).isEqualTo(path("/invitations?limit=3&cursor=" + second.at("next")));
		assertThat(link(client.get(path("/members")), "first")).isEqualTo(path("/members"));
	}

	@Test
	void eventsAfterAPositionLinkToTheNextPosition() {
		String position = client.get(path("/members?limit=1")).at("position");
		String epoch = position.replaceAll("-.*", "");
		Response page = client.get(path("/events?after=" + epoch + "-3&limit=4"));
		assertThat(link(page, "next")).isEqualTo(path("/events?limit=4&after=" + epoch + "-7"));
		assertThat(link(page, "first")).isEqualTo(path("/events?limit=4&after=" + epoch + "-0"));
		assertThat(page.at("position")).isEqualTo(epoch + "-7");
		assertThat(link(client.get(path("/events?after=" + position)), "next")).isNull();
	}

	@Test
	void linksContainThePathPrefix() {
		Client there = client.at(prefixed).atRoot();
		Response first = there.get("/portal" + path("/members?limit=3"));
		assertThat(link(first, "next")).startsWith("/portal/api/v1/accounts/");
		assertThat(there.get(String.valueOf(link(first, "next"))).status()).isEqualTo(200);
	}

	private static List<String> walk(String list, String field) {
		List<String> found = new ArrayList<>();
		String target = path(list);
		for (int pages = 0; target != null; pages++) {
			assertThat(pages).as("%s has an endless list of pages", list).isLessThan(200);
			Response page = client.get(target);
			assertThat(page.status()).as(page.text()).isEqualTo(200);
			for (JsonNode item : page.json().path("items")) {
				found.add(item.path(field).asString());
			}
			target = link(page, "next");
		}
		return found;
	}

	private static @Nullable String link(Response answer, String relation) {
		Matcher links = LINK.matcher(String.valueOf(answer.header("Link")));
		String found = null;
		while (links.find()) {
			if (links.group(2).equals(relation)) {
				assertThat(found).as("one link per relation").isNull();
				found = links.group(1);
			}
		}
		return found;
	}

	private static String path(String rest) {
		return "/api/v1" + account.path(rest);
	}

	private static void addMember(RoleFixture fixture) {
		Person person = fixture.people.aUser();
		String invitation = account.invite(person.address(), "tickets").at("id");
		String token = fixture.token(account.account(), invitation, 1);
		assertThat(person.client().post("/invitations/accept", Map.of("token", token)).status()).isEqualTo(200);
	}

}
