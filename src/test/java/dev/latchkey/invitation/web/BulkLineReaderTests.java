package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.http.TextLine;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JSON line is as strict as the body of a single invitation.
 */
class BulkLineReaderTests {

	private static final IdempotencyKey KEY = IdempotencyKey.of("import-1", "create invitations");

	private static final String KIM = "{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"]}";

	@Test
	void readsEveryField() {
		assertThat(read(Optional.empty(),
				"{\"email\":\"Kim@example.com\",\"permissions\":[\"products\",\"invoices\"],\"locale\":\"de\",\"expiresInDays\":3}"))
			.containsExactly(new BulkLine.Row(1,
					new NewInvitation(EmailAddress.of("Kim@example.com"),
							PermissionSet.ofKeys(Set.of("invoices", "products")), Locale.GERMAN, new ValidityDays(3)),
					Optional.empty()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "not json | MALFORMED_REQUEST | ",
			"[] | MALFORMED_REQUEST | ", "null | MALFORMED_REQUEST | ", "{} | MALFORMED_REQUEST | email",
			"{\"email\":\"kim@example.com\"} | MALFORMED_REQUEST | permissions",
			"{\"email\":\"kim@example.com\",\"permissions\":[null]} | MALFORMED_REQUEST | permissions",
			"{\"email\":\"kim\",\"permissions\":[\"invoices\"]} | INVALID_EMAIL | email",
			"{\"email\":\"kim@example.com\",\"permissions\":[\"all\"]} | UNKNOWN_PERMISSION | permissions",
			"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"locale\":\"tlh\"} | INVALID_FIELD | locale",
			"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"expiresInDays\":31} | INVALID_FIELD | expiresInDays",
			"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"role\":\"x\"} | MALFORMED_REQUEST | role" })
	void refusesALineAndNamesTheField(String text, ProblemCode code, String field) {
		assertThat(read(Optional.empty(), text)).singleElement()
			.isInstanceOfSatisfying(BulkLine.Unreadable.class, (line) -> {
				assertThat(line.number()).isOne();
				assertThat(line.problem().code()).isEqualTo(code);
				assertThat(line.problem().properties().get("field")).isEqualTo(field);
			});
	}

	@Test
	void keepsTheOrderAndTheNumbersOfTheLines() {
		List<BulkLine> lines = new BulkLineReader(Optional.empty(), RouterClient.languages()).readJson(
				List.of(TextLine.of(4, KIM), TextLine.of(6, "broken"), TextLine.tooLong(7), TextLine.of(9, KIM)),
				RouterClient.ndjson());
		assertThat(lines).extracting(BulkLine::number).containsExactly(4L, 6L, 7L, 9L);
		assertThat(lines)
			.extracting((line) -> line.fold((row) -> "row", (unreadable) -> unreadable.problem().code().code()))
			.containsExactly("row", "malformed-request", "body-too-large", "row");
	}

	@Test
	void givesEachLineAKeyThatDependsOnItsNumberAndContent() {
		List<BulkLine> lines = read(Optional.of(KEY), KIM, KIM, KIM.replace("kim", "lee"));
		assertThat(lines).extracting((line) -> ((BulkLine.Row) line).key().orElseThrow().key())
			.containsExactly("import-1 1", "import-1 2", "import-1 3");
		assertThat(read(Optional.of(KEY), KIM, KIM, KIM.replace("kim", "lee"))).isEqualTo(lines);
		assertThat(read(Optional.of(KEY), KIM.replace("kim", "lee"))).extracting(BulkLineReaderTests::fingerprint)
			.doesNotContain(fingerprint(lines.get(0)));
	}

	private static String fingerprint(BulkLine line) {
		return ((BulkLine.Row) line).key().orElseThrow().fingerprint();
	}

	private static List<BulkLine> read(Optional<IdempotencyKey> key, String... lines) {
		return new BulkLineReader(key, RouterClient.languages()).readJson(TextLine.batch(lines), RouterClient.ndjson());
	}

}
