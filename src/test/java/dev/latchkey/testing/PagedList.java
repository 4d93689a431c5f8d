package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.testing.Client.Response;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads all pages of a list.
 */
public final class PagedList {

	private PagedList() {
	}

	/**
	 * Returns all items of a list in their order.
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
	 * Returns all events after a position, oldest first.
	 * @param limit the page size
	 */
	public static List<JsonNode> eventsAfter(Client client, String account, String position, int limit) {
		List<JsonNode> items = new ArrayList<>();
		String cursor = position;
		JsonNode page;
		do {
			Response response = client.get("/accounts/" + account + "/events?limit=" + limit + "&after=" + cursor);
			assertThat(response.status()).as(response.text()).isEqualTo(200);
			page = response.json().path("items");
			page.forEach(items::add);
			cursor = response.at("position");
		}
		while (!page.isEmpty());
		return items;
	}

}
