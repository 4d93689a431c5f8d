package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.http.TextLine;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.RouterClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A table has named columns in any order. A row that cannot be read does not affect the
 * others.
 */
class CsvBulkReaderTests {

	private final CsvBulkReader reader = reader(Optional.empty());

	@Nested
	class Header {

		@ParameterizedTest
		@ValueSource(strings = { "email", "permissions", "email,permissions,name", "email,permissions,email",
				"Email,Permissions", "email permissions", "email,permissions,", "email\tpermissions",
				"kim@example.com,invoices", "email;permissions,locale", "\"email,permissions" })
		void isRefusedWithoutExactlyTheKnownColumns(String header) {
			assertThatThrownBy(
					() -> CsvBulkReaderTests.this.reader.read(TextLine.batch(header, "a@example.com,invoices")))
				.isInstanceOfSatisfying(DomainException.class,
						(problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST));
		}

		@Test
		void hasAProblemOfItsOwn() {
			assertThatThrownBy(() -> CsvBulkReaderTests.this.reader.read(TextLine.batch("email")))
				.isInstanceOfSatisfying(DomainException.class,
						(problem) -> assertThat(messageOf(problem)).isEqualTo(DetailMessage.CSV_HEADER_INVALID));
		}

		@ParameterizedTest
		@ValueSource(strings = { "email,permissions", " email , permissions ", "\"email\",\"permissions\"",
				"\uFEFFemail,permissions", "\uFEFF\"email\",permissions" })
		void mayHaveSpacesQuotesAndAByteOrderMark(String header) {
			assertThat(CsvBulkReaderTests.this.reader.read(TextLine.batch(header, "kim@example.com,invoices")))
				.containsExactly(row(2, "kim@example.com", null, null, "invoices"));
		}

		@Test
		void withSemicolonsAndNoCommaSeparatesTheRowsBySemicolons() {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("email;permissions;locale", "kim@example.com;invoices products;de")))
				.containsExactly(row(2, "kim@example.com", Locale.GERMAN, null, "invoices", "products"));
		}

		@Test
		void aloneGivesNoLines() {
			assertThat(CsvBulkReaderTests.this.reader.read(TextLine.batch("email,permissions"))).isEmpty();
		}

		@Test
		void isReadOnce() {
			CsvBulkReaderTests.this.reader.read(TextLine.batch("permissions,email"));
			assertThat(CsvBulkReaderTests.this.reader
				.read(List.of(TextLine.of(2, "invoices,kim@example.com"), TextLine.of(5, "email,permissions"))))
				.satisfiesExactly(
						(line) -> assertThat(line).isEqualTo(row(2, "kim@example.com", null, null, "invoices")),
						(line) -> assertUnreadable(line, 5, ProblemCode.INVALID_EMAIL));
		}

	}

	@Nested
	class Row {

		@Test
		void hasItsCellsInTheOrderOfTheHeader() {
			assertThat(CsvBulkReaderTests.this.reader.read(TextLine.batch("expiresInDays,locale,permissions,email",
					"14,de,invoices,kim@example.com", ",,products,lee@example.com")))
				.containsExactly(row(2, "kim@example.com", Locale.GERMAN, 14, "invoices"),
						row(3, "lee@example.com", null, null, "products"));
		}

		@Test
		void mayHaveQuotedCells() {
			assertThat(read("\"kim@example.com\",\"invoices  products\""))
				.isEqualTo(row(2, "kim@example.com", null, null, "invoices", "products"));
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`',
				value = { "kim@example.com | MALFORMED_REQUEST", "kim@example.com,invoices,de | MALFORMED_REQUEST",
						"\"kim@example.com,invoices | MALFORMED_REQUEST", "kim,invoices | INVALID_EMAIL",
						",invoices | INVALID_EMAIL", "kim@example.com,invoice | UNKNOWN_PERMISSION",
						"kim@example.com, | UNKNOWN_PERMISSION" })
		void isUnreadable(String text, ProblemCode code) {
			assertUnreadable(read(text), 2, code);
		}

		@ParameterizedTest
		@ValueSource(strings = { "0", "31", "-1", "7.5", "seven", "99999999999", "0x7" })
		void isUnreadableWithAnotherNumberOfDays(String days) {
			DomainException problem = assertUnreadable(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("email,permissions,expiresInDays", "kim@example.com,invoices," + days))
				.get(0), 2, ProblemCode.INVALID_FIELD);
			assertThat(problem.properties()).containsEntry("field", "expiresInDays");
		}

		@Test
		void isUnreadableInAnUnsupportedLanguage() {
			DomainException problem = assertUnreadable(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("email,permissions,locale", "kim@example.com,invoices,tlh"))
				.get(0), 2, ProblemCode.INVALID_FIELD);
			assertThat(problem.properties()).containsEntry("field", "locale");
		}

		@Test
		void isUnreadableIfItIsTooLongOrNotUtf8() {
			CsvBulkReaderTests.this.reader.read(TextLine.batch("email,permissions"));
			assertThat(CsvBulkReaderTests.this.reader.read(List.of(TextLine.tooLong(2),
					TextLine.of(3, new byte[] { (byte) 0xff }), TextLine.of(4, "kim@example.com,invoices"))))
				.satisfiesExactly((line) -> assertUnreadable(line, 2, ProblemCode.BODY_TOO_LARGE),
						(line) -> assertUnreadable(line, 3, ProblemCode.MALFORMED_REQUEST),
						(line) -> assertThat(line).isEqualTo(row(4, "kim@example.com", null, null, "invoices")));
		}

		@Test
		void hasItsOwnKeyIfTheRequestHasOne() {
			IdempotencyKey key = IdempotencyKey.of("import-1", "create invitations");
			List<BulkLine> lines = reader(Optional.of(key))
				.read(TextLine.batch("email,permissions", "kim@example.com,invoices", "lee@example.com,invoices"));
			assertThat(lines).extracting((line) -> ((BulkLine.Row) line).key().orElseThrow().key())
				.containsExactly("import-1 2", "import-1 3");
		}

	}

	private BulkLine read(String row) {
		return this.reader.read(TextLine.batch("email,permissions", row)).get(0);
	}

	private static CsvBulkReader reader(Optional<IdempotencyKey> key) {
		return new CsvBulkReader(new BulkLineReader(key, RouterClient.languages()));
	}

	private static BulkLine row(long number, String email, @Nullable Locale locale, @Nullable Integer days,
			String... permissions) {
		return new BulkLine.Row(number, new NewInvitation(EmailAddress.of(email),
				PermissionSet.ofKeys(List.of(permissions)), locale, ValidityDays.of(days)), Optional.empty());
	}

	private static DomainException assertUnreadable(BulkLine line, long number, ProblemCode code) {
		assertThat(line).isInstanceOf(BulkLine.Unreadable.class);
		assertThat(line.number()).isEqualTo(number);
		DomainException problem = ((BulkLine.Unreadable) line).problem();
		assertThat(problem.code()).isEqualTo(code);
		return problem;
	}

	private static @Nullable DetailMessage messageOf(DomainException problem) {
		DomainException.Sentence sentence = problem.sentence();
		return (sentence != null) ? sentence.message() : null;
	}

}
