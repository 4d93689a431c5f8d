package dev.latchkey.linktoken;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.testing.BodyEndpoints;
import dev.latchkey.testing.BodyEndpoints.Endpoint;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Reply;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.Tables;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token is accepted only unchanged, and only by the endpoints of its purpose.
 */
@ServiceTest
class TokenPurposeTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Service service;

	static List<Endpoint> endpoints;

	static List<Endpoint> tokenEndpoints;

	static Tables tables;

	static Map<String, Object> before = new TreeMap<>();

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.sessions.max-attempts-per-address", "100000")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "100000")
			.start();
		RoleFixture fixture = new RoleFixture(service, database);
		Stage stage = fixture.stage();
		endpoints = BodyEndpoints.of(fixture, stage);
		tokenEndpoints = endpoints.stream().filter((endpoint) -> endpoint.fields().containsKey("token")).toList();
		tables = new Tables(database);
		tables.awaitEmptyOutbox();
	}

	@BeforeEach
	void recordTables() {
		before = tables.digest();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static List<Endpoint> tokenEndpoints() {
		return tokenEndpoints;
	}

	static List<Endpoint> endpoints() {
		return endpoints;
	}

	@ParameterizedTest
	@MethodSource("tokenEndpoints")
	void aMutatedTokenIsUnknown(Endpoint endpoint) {
		String token = (String) endpoint.fields().get("token");
		for (String mutation : mutations(String.valueOf(token)).toList()) {
			assertNotFound(endpoint, mutation);
		}
	}

	@ParameterizedTest
	@MethodSource("tokenEndpoints")
	void aTokenOfAnotherPurposeIsUnknown(Endpoint endpoint) {
		String own = purpose(endpoint);
		List<Endpoint> others = tokenEndpoints.stream().filter((other) -> !purpose(other).equals(own)).toList();
		assertThat(others).hasSizeGreaterThan(1);
		others.forEach((other) -> assertNotFound(endpoint, String.valueOf(other.fields().get("token"))));
	}

	@ParameterizedTest
	@MethodSource("tokenEndpoints")
	void aSessionTokenIsNoLinkTokenAndViceVersa(Endpoint endpoint) {
		assertNotFound(endpoint, String.valueOf(endpoints.get(5).client().token()));
		Response answer = service.anonymous().with(String.valueOf(endpoint.fields().get("token"))).get("/session");
		assertThat(answer.status()).isEqualTo(401);
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void aBodyOfTenMegabytesIsTooLarge(Endpoint endpoint) {
		for (String field : endpoint.fields().keySet()) {
			byte[] body = ("{\"" + field + "\":\"" + "A".repeat(10 << 20) + "\"}").getBytes(StandardCharsets.US_ASCII);
			Reply reply = RawHttp.send(service, head(endpoint, "Content-Length", Integer.toString(body.length)), body);
			assertThat(reply.status()).as(field).isEqualTo(413);
			assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
			assertThat(reply.body()).contains("\"body-too-large\"");
		}
		assertThat(service.anonymous().get("/permissions").status()).isEqualTo(200);
		assertThat(tables.digest()).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void bytesThatAreNotUtf8AreRefused(Endpoint endpoint) {
		byte[] good = JSON.writeValueAsString(endpoint.fields()).getBytes(StandardCharsets.UTF_8);
		for (byte[] bad : List.of(new byte[] { (byte) 0xff }, new byte[] { (byte) 0xc0, (byte) 0x80 },
				new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 }, new byte[] { (byte) 0xe2, (byte) 0x82 },
				new byte[] { 0 }, new byte[] { (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80 })) {
			for (int index : List.of(0, 2, good.length - 3, good.length)) {
				byte[] body = spliced(good, index, bad);
				Reply reply = RawHttp.send(service, head(endpoint, "Content-Length", Integer.toString(body.length)),
						body);
				assertThat(reply.status()).as("%s at %d", HexFormat.of().formatHex(bad), index).isEqualTo(400);
				assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
			}
		}
		assertThat(tables.digest()).isEqualTo(before);
	}

	private static Stream<String> mutations(String token) {
		Stream<String> flips = IntStream.range(0, token.length()).mapToObj((index) -> flipped(token, index));
		Stream<String> rest = Stream.of(token.substring(1), token.substring(0, 91), token.substring(0, 46), token + "A",
				token + "=", token + "==", token + " ", " " + token, token + "\n", "\t" + token, token + "\0",
				token + "%00", "#" + token, "Bearer " + token, "https://localhost/invitation#" + token, token + token,
				token.substring(0, 91) + "=", fullWidth(token), token.toLowerCase(Locale.ROOT),
				token.toUpperCase(Locale.ROOT), new StringBuilder(token).reverse().toString(),
				token.replace('-', '+').replace('_', '/') + "+",
				token.substring(0, 40) + "\u200b" + token.substring(41),
				token.substring(0, 50) + "." + token.substring(51));
		return Stream.concat(flips, rest).filter((mutation) -> !mutation.equals(token));
	}

	/**
	 * Replaces the character by the same letter in the other case, or by another digit.
	 */
	private static String flipped(String token, int index) {
		char old = token.charAt(index);
		char other = Character.isUpperCase(old) ? Character.toLowerCase(old) : Character.toUpperCase(old);
		char flipped = (other != old) ? other : ((old == '0') ? '1' : '0');
		return token.substring(0, index) + flipped + token.substring(index + 1);
	}

	private static String fullWidth(String token) {
		return token.chars()
			.map((letter) -> Character.isDigit(letter) ? letter - '0' + 0xFF10 : letter)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.append('\uff11')
			.toString();
	}

	private static byte[] spliced(byte[] good, int index, byte[] bad) {
		byte[] body = new byte[good.length + bad.length];
		System.arraycopy(good, 0, body, 0, index);
		System.arraycopy(bad, 0, body, index, bad.length);
		System.arraycopy(good, index, body, index + bad.length, good.length - index);
		return body;
	}

	private static String purpose(Endpoint endpoint) {
		return endpoint.path().startsWith("/invitations/") ? "invitation" : endpoint.path();
	}

	private static String head(Endpoint endpoint, String... headers) {
		String token = endpoint.client().token();
		Stream<String> own = Stream.of("Content-Type", "application/json", "If-Match", "\"1\"");
		Stream<String> caller = (token != null) ? Stream.of("Authorization", "Bearer " + token) : Stream.of();
		return RawHttp.head(endpoint.method(), "/api/v1" + endpoint.path(),
				Stream.of(own, caller, Stream.of(headers)).flatMap((part) -> part).toArray(String[]::new));
	}

	private static void assertNotFound(Endpoint endpoint, String token) {
		Map<String, Object> fields = new LinkedHashMap<>(endpoint.fields());
		fields.put("token", token);
		Response answer = endpoint.send(JSON.writeValueAsString(fields));
		assertThat(answer.status()).as(token).isEqualTo(404);
		ProblemAssertions.assertIsProblem(answer);
		assertThat(tables.digest()).isEqualTo(before);
	}

}
