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
 * An HTTP client of the service, anonymous or with a bearer token. It checks every
 * request and response against the API description.
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
	 * Returns a client of the same service with the token of a session.
	 */
	public Client with(@Nullable String sessionToken) {
		return new Client(this.base, sessionToken);
	}

	/**
	 * Returns a client with the same token that calls another replica.
	 */
	public Client at(Service service) {
		return new Client(service.url() + "/api/v1", this.token);
	}

	/**
	 * Returns a client with the same token that calls a proxy on this machine.
	 */
	public Client throughProxy(int port) {
		return new Client("http://127.0.0.1:" + port + "/api/v1", this.token);
	}

	/**
	 * Returns a client with the same token whose paths are relative to the root of the
	 * server instead of the API.
	 */
	public Client atRoot() {
		return new Client(this.base.replace("/api/v1", ""), this.token);
	}

	public @Nullable String token() {
		return this.token;
	}

	public Response get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	public Response post(String path, Object body, String... headers) {
		return send("POST", path, body, headers);
	}

	public Response put(String path, Object body, String... headers) {
		return send("PUT", path, body, headers);
	}

	public Response delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	/**
	 * Sends a request.
	 * @param path relative to the API's base, such as {@code /session}
	 * @param body a string is sent as it is, any other object as JSON, null sends no body
	 * @param headers names and values in turn; the media type is JSON unless they contain
	 * another
	 */
	public Response send(String method, String path, @Nullable Object body, String... headers) {
		try {
			HttpRequest request = request(method, path, body, headers);
			HttpResponse<String> received = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			Response response = new Response(received.statusCode(), received.headers().map(), received.body());
			OpenApiContract.check(request, (body != null) ? text(body) : null, response);
			return response;
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
	 * @param after the position after which to start, null to start with new events
	 */
	public Watcher watch(String account, @Nullable String after) {
		String query = (after != null) ? "?after=" + after : "";
		return new Watcher(HTTP,
				request("GET", "/accounts/" + account + "/events" + query, null, "Accept", "text/event-stream"));
	}

	/**
	 * Watches an account's feed again, as a browser does after its stream has ended.
	 * @param lastEventId the id of the last event that was received
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
	 * A response of the service.
	 */
	public record Response(int status, Map<String, List<String>> headers, String text) {

		public JsonNode json() {
			return JSON.readTree(this.text);
		}

		/**
		 * Returns a string field of the JSON body.
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
