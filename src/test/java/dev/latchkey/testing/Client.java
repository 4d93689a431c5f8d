package dev.latchkey.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who speaks HTTP with the service: anonymous, or with a bearer token. Every
 * exchange is held against the API's document.
 */
public final class Client {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String base;

	private final @Nullable String token;

	Client(String base, @Nullable String token) {
		this.base = base;
		this.token = token;
	}

	/**
	 * The same service, called with a session's token.
	 */
	public Client with(@Nullable String sessionToken) {
		return new Client(this.base, sessionToken);
	}

	/**
	 * The same caller at another replica.
	 */
	public Client at(Service service) {
		return new Client(service.url() + "/api/v1", this.token);
	}

	/**
	 * The same caller, through a proxy on this machine.
	 */
	public Client throughProxy(int port) {
		return new Client("http://127.0.0.1:" + port + "/api/v1", this.token);
	}

	/**
	 * The same caller outside of the API: paths start at the root.
	 */
	public Client atRoot() {
		return new Client(this.base.replace("/api/v1", ""), this.token);
	}

	public @Nullable String token() {
		return this.token;
	}

	public Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	public Answer post(String path, Object body, String... headers) {
		return send("POST", path, body, headers);
	}

	public Answer put(String path, Object body, String... headers) {
		return send("PUT", path, body, headers);
	}

	public Answer delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	/**
	 * Sends a request.
	 * @param path relative to the API's base, such as {@code /session}
	 * @param body a text as it is, anything else as JSON, null for none
	 * @param headers names and values in turn; JSON is the media type unless they say
	 * otherwise
	 */
	public Answer send(String method, String path, @Nullable Object body, String... headers) {
		try {
			HttpRequest request = request(method, path, body, headers);
			HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			Answer answer = new Answer(response.statusCode(), response.headers().map(), response.body());
			OpenApiContract.check(request, (body != null) ? text(body) : null, answer);
			return answer;
		}
		catch (IOException ex) {
			throw new IllegalStateException(method + " " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Watches an account's feed.
	 * @param after the position to begin behind, null to begin now
	 */
	public Watcher watch(String account, @Nullable String after) {
		String query = (after != null) ? "?after=" + after : "";
		return new Watcher(HTTP,
				request("GET", "/accounts/" + account + "/events" + query, null, "Accept", "text/event-stream"));
	}

	/**
	 * Watches an account's feed again, as a browser does that has lost its stream.
	 * @param lastEventId the id of the last event that was seen
	 */
	public Watcher resume(String account, String lastEventId) {
		return new Watcher(HTTP, request("GET", "/accounts/" + account + "/events", null, "Accept", "text/event-stream",
				"Last-Event-ID", lastEventId));
	}

	HttpRequest request(String method, String path, @Nullable Object body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path));
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		return request.method(method, (body != null) ? BodyPublishers.ofString(text(body)) : BodyPublishers.noBody())
			.build();
	}

	private static String text(Object body) {
		return (body instanceof String text) ? text : JSON.writeValueAsString(body);
	}

	/**
	 * What came back.
	 */
	public record Answer(int status, Map<String, List<String>> headers, String text) {

		public JsonNode json() {
			return JSON.readTree(this.text);
		}

		/**
		 * A text member of the JSON body.
		 */
		public String at(String name) {
			return json().path(name).asString();
		}

		public String code() {
			return at("code");
		}

		boolean isOf(String mediaType) {
			String type = header("Content-Type");
			return type != null && type.startsWith(mediaType);
		}

		public @Nullable String header(String name) {
			return this.headers.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().equalsIgnoreCase(name))
				.map((entry) -> entry.getValue().get(0))
				.findFirst()
				.orElse(null);
		}

	}

}
