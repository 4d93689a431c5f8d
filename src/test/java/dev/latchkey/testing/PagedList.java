package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.testing.Client.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads lists that come in pages as a whole.
 */
public final class PagedList {

	private PagedList() {
	}

	/**
	 * All items of a list, in its order.
	 * @param path with a query, such as {@code /accounts?limit=7}
	 */
	public static List<JsonNode> all(Client client, String path) {
		List<JsonNode> items = new ArrayList<>();
		JsonNode page = client.get(path).json();
		page.path("items").forEach(items::add);
		while (page.hasNonNull("next")) {
			page = client.get(path + "&cursor=" + page.path("next").asString()).json();
			page.path("items").forEach(items::add);
		}
		return items;
	}

	/**
	 * All events behind a position, oldest first, as a program that catches up reads
	 * them.
	 */
	public static List<JsonNode> eventsAfter(Client client, String account, String position, int limit) {
		List<JsonNode> items = new ArrayList<>();
		String place = position;
		JsonNode page;
		do {
			Answer answer = client.get("/accounts/" + account + "/events?limit=" + limit + "&after=" + place);
			assertThat(answer.status()).as(answer.text()).isEqualTo(200);
			page = answer.json().path("items");
			page.forEach(items::add);
			place = answer.at("position");
		}
		while (!page.isEmpty());
		return items;
	}

}
