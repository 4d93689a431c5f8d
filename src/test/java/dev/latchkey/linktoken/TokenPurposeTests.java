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
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Reply;
import dev.latchkey.testing.RoleFixture;
import dev.latchkey.testing.RoleFixture.Stage;
import dev.latchkey.testing.Service;
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
 * A token opens its own door, whole and as it was issued, or none.
 */
class TokenPurposeTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Service service;

	static List<Endpoint> doors;

	static List<Endpoint> tokenDoors;

	static Tables tables;

	static Map<String, Object> before = new TreeMap<>();

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).set("latchkey.sessions.max-attempts-per-address", "100000").start();
		RoleFixture fixture = new RoleFixture(service, database);
		Stage stage = fixture.stage();
		doors = BodyEndpoints.of(fixture, stage);
		tokenDoors = doors.stream().filter((door) -> door.fields().containsKey("token")).toList();
		tables = new Tables(database);
		tables.awaitEmptyOutbox();
	}

	@BeforeEach
	void look() {
		before = tables.digest();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static List<Endpoint> tokenDoors() {
		return tokenDoors;
	}

	static List<Endpoint> doors() {
		return doors;
	}

	@ParameterizedTest
	@MethodSource("tokenDoors")
	void noMutationOfAGenuineTokenIsOne(Endpoint door) {
		String token = (String) door.fields().get("token");
		for (String mutation : mutations(String.valueOf(token)).toList()) {
			assertNotFound(door, mutation);
		}
	}

	@ParameterizedTest
	@MethodSource("tokenDoors")
	void aTokenForAnotherDoorIsUnknownHere(Endpoint door) {
		String mine = purpose(door);
		List<Endpoint> others = tokenDoors.stream().filter((other) -> !purpose(other).equals(mine)).toList();
		assertThat(others).hasSizeGreaterThan(1);
		others.forEach((other) -> assertNotFound(door, String.valueOf(other.fields().get("token"))));
	}

	@ParameterizedTest
	@MethodSource("tokenDoors")
	void aSessionTokenIsNoLinkAndALinkIsNoSession(Endpoint door) {
		assertNotFound(door, String.valueOf(doors.get(5).client().token()));
		Answer answer = service.anonymous().with(String.valueOf(door.fields().get("token"))).get("/session");
		assertThat(answer.status()).isEqualTo(401);
	}

	@ParameterizedTest
	@MethodSource("doors")
	void aBodyOfTenMegabytesIsTooLarge(Endpoint door) {
		for (String field : door.fields().keySet()) {
			byte[] body = ("{\"" + field + "\":\"" + "A".repeat(10 << 20) + "\"}").getBytes(StandardCharsets.US_ASCII);
			Reply reply = RawHttp.send(service, head(door, "Content-Length", Integer.toString(body.length)), body);
			assertThat(reply.status()).as(field).isEqualTo(413);
			assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
			assertThat(reply.body()).contains("\"body-too-large\"");
		}
		assertThat(service.anonymous().get("/permissions").status()).isEqualTo(200);
		assertThat(tables.digest()).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("doors")
	void bytesThatAreNotUtf8AreRefused(Endpoint door) {
		byte[] good = JSON.writeValueAsString(door.fields()).getBytes(StandardCharsets.UTF_8);
		for (byte[] bad : List.of(new byte[] { (byte) 0xff }, new byte[] { (byte) 0xc0, (byte) 0x80 },
				new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 }, new byte[] { (byte) 0xe2, (byte) 0x82 },
				new byte[] { 0 }, new byte[] { (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80 })) {
			for (int place : List.of(0, 2, good.length - 3, good.length)) {
				byte[] body = spliced(good, place, bad);
				Reply reply = RawHttp.send(service, head(door, "Content-Length", Integer.toString(body.length)), body);
				assertThat(reply.status()).as("%s at %d", HexFormat.of().formatHex(bad), place).isEqualTo(400);
				assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
			}
		}
		assertThat(tables.digest()).isEqualTo(before);
	}

	private static Stream<String> mutations(String token) {
		Stream<String> flips = IntStream.range(0, token.length()).mapToObj((place) -> flipped(token, place));
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
	 * The same letter in the other case, or another digit.
	 */
	private static String flipped(String token, int place) {
		char old = token.charAt(place);
		char other = Character.isUpperCase(old) ? Character.toLowerCase(old) : Character.toUpperCase(old);
		char flipped = (other != old) ? other : ((old == '0') ? '1' : '0');
		return token.substring(0, place) + flipped + token.substring(place + 1);
	}

	private static String fullWidth(String token) {
		return token.chars()
			.map((letter) -> Character.isDigit(letter) ? letter - '0' + 0xFF10 : letter)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.append('\uff11')
			.toString();
	}

	private static byte[] spliced(byte[] good, int place, byte[] bad) {
		byte[] body = new byte[good.length + bad.length];
		System.arraycopy(good, 0, body, 0, place);
		System.arraycopy(bad, 0, body, place, bad.length);
		System.arraycopy(good, place, body, place + bad.length, good.length - place);
		return body;
	}

	private static String purpose(Endpoint door) {
		return door.path().startsWith("/invitations/") ? "invitation" : door.path();
	}

	private static String head(Endpoint door, String... headers) {
		String token = door.client().token();
		Stream<String> own = Stream.of("Content-Type", "application/json", "If-Match", "\"1\"");
		Stream<String> caller = (token != null) ? Stream.of("Authorization", "Bearer " + token) : Stream.of();
		return RawHttp.head(door.method(), "/api/v1" + door.path(),
				Stream.of(own, caller, Stream.of(headers)).flatMap((part) -> part).toArray(String[]::new));
	}

	private static void assertNotFound(Endpoint door, String token) {
		Map<String, Object> fields = new LinkedHashMap<>(door.fields());
		fields.put("token", token);
		Answer answer = door.send(JSON.writeValueAsString(fields));
		assertThat(answer.status()).as(token).isEqualTo(404);
		ProblemAssertions.assertIsProblem(answer);
		assertThat(tables.digest()).isEqualTo(before);
	}

}
