package dev.latchkey.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Role;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long texts are compressed for clients that accept gzip, secrets and event streams
 * never, and HEAD has the same headers as GET.
 */
@ServiceTest
class CompressionTests {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String CATALOGUE = "/api/v1/permissions";

	private static final List<String> LINES = IntStream.range(0, 200)
		.mapToObj((line) -> line + ",Harbour Lights\n")
		.toList();

	static volatile Sinks.Many<String> parts = Sinks.many().unicast().onBackpressureBuffer();

	static TestDatabase database;

	static Service service;

	static RoleFixture fixture;

	static Owner account;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).replace("texts", RouterFunction.class, texts()).start();
		fixture = new RoleFixture(service, database);
		account = fixture.stage().owner();
		for (int index = 0; index < 12; index++) {
			assertThat(account.invite(TestUsers.anAddress(), "quotes").status()).isEqualTo(201);
		}
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aLongListIsCompressedWithTheSameContent() throws Exception {
		String list = "/api/v1" + account.path("/invitations");
		HttpResponse<byte[]> plain = send("GET", list, "identity");
		HttpResponse<byte[]> gzip = send("GET", list, "gzip");
		assertThat(header(plain, "content-encoding")).isEmpty();
		assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
		assertThat(header(gzip, "content-length")).isEqualTo(Integer.toString(gzip.body().length));
		assertThat(gzip.body().length).isLessThan(plain.body().length / 4);
		assertThat(decompressed(gzip)).isEqualTo(new String(plain.body(), StandardCharsets.UTF_8));
		for (HttpResponse<byte[]> response : List.of(plain, gzip)) {
			assertThat(header(response, "vary")).isEqualTo("Accept-Encoding");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "deflate, gzip;q=0.5", "br, gzip", "*", "gzip;q=1.0, identity;q=0.5" })
	void clientsThatAcceptGzipGetIt(String accepted) throws Exception {
		assertThat(header(send("GET", CATALOGUE, accepted), "content-encoding")).isEqualTo("gzip");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "identity", "br", "deflate", "gzip;q=0", "gzip; q=0.000", "*;q=0", "x-gzip2",
			"gzip;q=0, *" })
	void otherClientsGetThePlainText(String accepted) throws Exception {
		HttpResponse<byte[]> response = send("GET", CATALOGUE, accepted);
		assertThat(header(response, "content-encoding")).isEmpty();
		assertThat(header(response, "vary")).isEqualTo("Accept-Language, Accept-Encoding");
	}

	@Test
	void aShortResponseIsNotCompressed() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/api/v1/accounts", "gzip");
		assertThat(header(response, "content-encoding")).isEmpty();
		assertThat(response.body().length).isBetween(100, 1399);
	}

	@ParameterizedTest
	@ValueSource(strings = { CATALOGUE, "/openapi.yaml", "/texts/lines" })
	void headHasTheHeadersOfGet(String path) throws Exception {
		Map<String, List<String>> get = send("GET", path, "gzip").headers().map();
		Map<String, List<String>> head = send("HEAD", path, "gzip").headers().map();
		assertThat(get).containsKey("content-encoding");
		get.forEach((name, values) -> {
			if (!List.of("date", "transfer-encoding").contains(name)) {
				assertThat(head.get(name)).as(name).isEqualTo(values);
			}
		});
	}

	/**
	 * The size of a compressed response would reveal how close a guess is to a secret, so
	 * neither this service nor a proxy may compress it (BREACH).
	 */
	@Test
	void aResponseWithASecretIsNotCompressed() throws Exception {
		TestUsers users = new TestUsers(service);
		String long80 = "n".repeat(80);
		for (String body : List.of(
				json(Map.of("email", fixture.person(Role.STRANGER).address(), "password", TestUsers.PASSWORD)),
				json(Map.of("email", users.aUser("a".repeat(60) + "@" + "b".repeat(60) + ".test").address(), "password",
						TestUsers.PASSWORD)))) {
			assertNotCompressed(post("/api/v1/session", body));
		}
		String invitation = account.invite(TestUsers.anAddress(), "profile", "orders").at("id");
		assertNotCompressed(post("/api/v1/invitations/accept", json(Map.of("token",
				fixture.token(account.account(), invitation, 1), "name", long80, "password", TestUsers.PASSWORD))));
	}

	/**
	 * The local mailbox contains valid links.
	 */
	@Test
	void theLocalMailboxIsNotCompressed() throws Exception {
		new Tables(database).awaitEmptyOutbox();
		String id = service.anonymous()
			.atRoot()
			.get("/local/mailbox/messages")
			.json()
			.path("items")
			.get(0)
			.path("id")
			.asString();
		HttpResponse<byte[]> message = send("GET", "/local/mailbox/messages/" + id, "gzip");
		assertThat(message.body().length).isGreaterThan(1400);
		assertThat(header(message, "content-encoding")).isEmpty();
		assertThat(header(message, "cache-control")).isEqualTo("no-store, no-transform");
	}

	@Test
	void anEventStreamIsNeitherCompressedNorDelayed() throws Exception {
		HttpResponse<InputStream> stream = HTTP.send(
				request("/api/v1" + account.path("/events"), "gzip").header("Accept", "text/event-stream").build(),
				BodyHandlers.ofInputStream());
		try (InputStream body = stream.body()) {
			assertThat(stream.headers().firstValue("content-encoding")).isEmpty();
			assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("retry:");
		}
	}

	/**
	 * The second line is not produced before the first has been read.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/texts/parts.ndjson", "/texts/parts.csv" })
	void aBodyThatIsWrittenInPartsArrivesInParts(String path) throws Exception {
		parts = Sinks.many().unicast().onBackpressureBuffer();
		List<String> lines = List.of("{\"a\":1}\n", "{\"a\":2}\n", "{\"a\":3}\n");
		parts.tryEmitNext(lines.get(0)).orThrow();
		HttpResponse<InputStream> response = HTTP.sendAsync(request(path, "gzip").build(), BodyHandlers.ofInputStream())
			.get(15, TimeUnit.SECONDS);
		try (InputStream body = decompressing(response)) {
			for (String line : lines) {
				assertThat(CompletableFuture.supplyAsync(() -> read(body, line.length())).get(15, TimeUnit.SECONDS))
					.isEqualTo(line);
				parts.tryEmitNext(lines.get(Math.min(2, lines.indexOf(line) + 1))).orThrow();
			}
		}
	}

	@Test
	void aLongBodyThatIsWrittenInPartsIsComplete() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/texts/lines", "gzip");
		assertThat(header(response, "content-encoding")).isEqualTo("gzip");
		assertThat(decompressed(response)).isEqualTo(String.join("", LINES));
	}

	@Test
	void aStrongTagBecomesWeakUnlessItIsForAnEdit() throws Exception {
		assertThat(header(send("GET", "/texts/stored", "gzip"), "etag")).isEqualTo("W/\"7\"");
		assertThat(header(send("GET", "/texts/stored", "identity"), "etag")).isEqualTo("\"7\"");
		HttpResponse<byte[]> edited = send("GET", "/texts/edited", "gzip");
		assertThat(header(edited, "etag")).isEqualTo("\"7\"");
		assertThat(header(edited, "content-encoding")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/texts/image", "/texts/created" })
	void otherResponsesAreNotCompressed(String path) throws Exception {
		assertThat(header(send("GET", path, "gzip"), "content-encoding")).isEmpty();
	}

	private static RouterFunction<ServerResponse> texts() {
		MediaType csv = MediaType.parseMediaType("text/csv");
		byte[] long2000 = "x".repeat(2000).getBytes(StandardCharsets.US_ASCII);
		return RouterFunctions.route()
			.GET("/texts/parts.ndjson",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.APPLICATION_NDJSON)
						.body(Flux.defer(() -> parts.asFlux()), String.class))
			.GET("/texts/parts.csv",
					(request) -> ServerResponse.ok()
						.contentType(csv)
						.body(Flux.defer(() -> parts.asFlux()), String.class))
			.GET("/texts/lines",
					(request) -> ServerResponse.ok().contentType(csv).body(Flux.fromIterable(LINES), String.class))
			.GET("/texts/stored",
					(request) -> ServerResponse.ok()
						.eTag("\"7\"")
						.header("Cache-Control", "public")
						.contentType(csv)
						.bodyValue(long2000))
			.GET("/texts/edited", (request) -> ServerResponse.ok().eTag("\"7\"").contentType(csv).bodyValue(long2000))
			.GET("/texts/image", (request) -> ServerResponse.ok().contentType(MediaType.IMAGE_PNG).bodyValue(long2000))
			.GET("/texts/created", (request) -> ServerResponse.status(206).contentType(csv).bodyValue(long2000))
			.build();
	}

	private static void assertNotCompressed(HttpResponse<byte[]> response) {
		assertThat(response.statusCode()).isIn(200, 201);
		assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"token\":\"");
		assertThat(header(response, "content-encoding")).isEmpty();
		assertThat(header(response, "cache-control")).isEqualTo("no-store, no-transform");
	}

	private static HttpResponse<byte[]> send(String method, String path, String coding) throws Exception {
		return HTTP.send(request(path, coding).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				BodyHandlers.ofByteArray());
	}

	private static HttpResponse<byte[]> post(String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
			.header("Accept-Encoding", "gzip")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HTTP.send(request, BodyHandlers.ofByteArray());
	}

	private static HttpRequest.Builder request(String path, String coding) {
		return HttpRequest.newBuilder(URI.create(service.url() + path))
			.header("Accept-Encoding", coding)
			.header("Authorization", "Bearer " + fixture.client(Role.OWNER).token());
	}

	private static String json(Object value) {
		return JsonMapper.builder().build().writeValueAsString(value);
	}

	private static String header(HttpResponse<?> response, String name) {
		return String.join(", ", response.headers().allValues(name));
	}

	private static String decompressed(HttpResponse<byte[]> response) throws IOException {
		try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String read(InputStream body, int length) {
		try {
			return new String(body.readNBytes(length), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InputStream decompressing(HttpResponse<InputStream> response) throws IOException {
		return header(response, "content-encoding").equals("gzip") ? new GZIPInputStream(response.body())
				: response.body();
	}

}
