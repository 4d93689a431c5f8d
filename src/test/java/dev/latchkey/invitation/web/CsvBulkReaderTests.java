package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.http.TextLine;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.EnteredInvitation;
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

	private static final TableVocabulary VOCABULARY = new TableVocabulary(RouterClient.languages());

	private final CsvBulkReader reader = reader(Optional.empty());

	@Nested
	class Header {

		@ParameterizedTest
		@ValueSource(strings = { "email", "permissions", "name,rights", "email,permissions,email",
				"email,permissions,E-Mail", "email permissions", "email|permissions", "kim@example.com,invoices",
				"email;permissions,locale", "\"email,permissions" })
		void isRefusedWithoutOneColumnForTheAddressAndOneForThePermissions(String header) {
			assertThatThrownBy(
					() -> CsvBulkReaderTests.this.reader.read(TextLine.batch(header, "a@example.com,invoices")))
				.isInstanceOfSatisfying(DomainException.class,
						(problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST));
		}

		@Test
		void hasAProblemThatNamesTheColumns() {
			assertThatThrownBy(() -> CsvBulkReaderTests.this.reader.read(TextLine.batch("Name;Rights")))
				.isInstanceOfSatisfying(DomainException.class, (problem) -> assertThat(problem.sentence()).isEqualTo(
						new DomainException.Sentence(DetailMessage.CSV_HEADER_INVALID, List.of("Name, Rights"))));
		}

		@Test
		void hasAProblemIfTwoColumnsHaveTheSameMeaning() {
			assertThatThrownBy(() -> CsvBulkReaderTests.this.reader.read(TextLine.batch("E-Mail,Rights,Email")))
				.isInstanceOfSatisfying(DomainException.class, (problem) -> assertThat(problem.sentence()).isEqualTo(
						new DomainException.Sentence(DetailMessage.CSV_COLUMN_REPEATED, List.of("E-Mail", "Email"))));
		}

		@Test
		void needsNoPermissionsInADryRun() {
			CsvBulkReader dryRun = new CsvBulkReader(new BulkLineReader(Optional.empty(), RouterClient.languages()),
					VOCABULARY, false);
			assertUnreadable(dryRun.read(TextLine.batch("email", "kim@example.com")).get(0), 2,
					ProblemCode.EMPTY_PERMISSIONS);
		}

		@ParameterizedTest
		@ValueSource(strings = { "email,permissions", " email , permissions ", "\"email\",\"permissions\"",
				"\uFEFFemail,permissions", "\uFEFF\"email\",permissions", "Email,Permissions", "E-Mail-Adresse,Rechte",
				"EMAIL ADDRESS,ACCESS RIGHTS", "E-Mail *,Berechtigung", "email,permissions,,",
				"e_mail,\"permissions\" ", "\"E-\nMail\",Berechtigungen" })
		void mayBeWrittenInManyWays(String header) {
			assertThat(CsvBulkReaderTests.this.reader.read(TextLine.batch(header, "kim@example.com,invoices")))
				.containsExactly(row(2, "kim@example.com", null, null, "invoices"));
			assertThat(CsvBulkReaderTests.this.reader.ignoredColumns()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				Language                | locale
				Sprache                 | locale
				Locale                  | locale
				Valid for (days)        | expiresInDays
				Gültig (Tage)           | expiresInDays
				Gültigkeit in Tagen     | expiresInDays
				expires in days         | expiresInDays
				""")
		void mayNameTheOtherColumnsInAnyLanguage(String name, String field) {
			boolean locale = field.equals("locale");
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("email,permissions," + name, "kim@example.com,invoices," + (locale ? "de" : "3"))))
				.containsExactly(
						row(2, "kim@example.com", locale ? Locale.GERMAN : null, locale ? null : 3, "invoices"));
		}

		@Test
		void mayHaveOtherColumnsThatAreReported() {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("Name;Email;;Permissions;Phone", "Kim;kim@example.com;x;invoices;1")))
				.containsExactly(row(2, "kim@example.com", null, null, "invoices"));
			assertThat(CsvBulkReaderTests.this.reader.ignoredColumns())
				.hasValue(BulkResultLine.columnsIgnored(1, List.of("Name", "", "Phone")));
		}

		@ParameterizedTest
		@ValueSource(strings = { "sep=;", "SEP=;", "\uFEFFsep=;", "\"sep=;\"" })
		void mayFollowALineThatNamesTheSeparator(String first) {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch(first, "Email;Permissions;Phone, office", "kim@example.com;invoices;")))
				.containsExactly(row(3, "kim@example.com", null, null, "invoices"));
			assertThat(CsvBulkReaderTests.this.reader.ignoredColumns())
				.hasValue(BulkResultLine.columnsIgnored(2, List.of("Phone, office")));
		}

		@Test
		void mayHaveAnySeparatorThatTheFirstLineNames() {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("sep=|", "Email|Permissions", "kim@example.com|invoices")))
				.containsExactly(row(3, "kim@example.com", null, null, "invoices"));
		}

		@Test
		void isSeparatedAsMostOfItsColumnsAreKnown() {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("Email\tPermissions\tFirst, last; other", "kim@example.com\tinvoices\ta, b; c")))
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
						",invoices | INVALID_EMAIL", "kim@example.com,invoice | UNKNOWN_PERMISSION" })
		void isUnreadable(String text, ProblemCode code) {
			assertUnreadable(read(text), 2, code);
		}

		@ParameterizedTest
		@ValueSource(strings = { "domains invoices", "\"domains,invoices\"", "\"domains, invoices\"",
				"domains;invoices", "domains | invoices", "\"domains\ninvoices\"", "Domains INVOICES",
				"View Domains; View & Pay Invoices", "\"view domains, Rechnungen ansehen und bezahlen\"",
				"Domains ansehen invoices domains" })
		void mayNameThePermissionsInManyWays(String cell) {
			assertThat(read("kim@example.com," + cell))
				.isEqualTo(row(2, "kim@example.com", null, null, "domains", "invoices"));
		}

		/**
		 * This title contains a comma and other titles begin as its parts do.
		 */
		@Test
		void mayNameAPermissionWhoseTitleContainsASeparator() {
			assertThat(read("kim@example.com,\"Bestellungen, Upgrades und Kündigungen aufgeben, E-Mails ansehen\""))
				.isEqualTo(row(2, "kim@example.com", null, null, "emails", "orders"));
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				all                          | all
				domains all                  | all
				"View Domain, invoices"      | View Domain
				domains manage products      | manage
				domains-invoices             | domains-invoices
				"invoices; ;Küche & Bad"     | Küche & Bad
				""")
		void isUnreadableWithAnUnknownPermissionAndNamesIt(String cell, String name) {
			DomainException problem = assertUnreadable(read("kim@example.com," + cell), 2,
					ProblemCode.UNKNOWN_PERMISSION);
			assertThat(problem.properties()).containsEntry("field", "permissions").containsEntry("permission", name);
		}

		@Test
		void withoutPermissionsIsUnreadableButShowsWhatItContains() {
			BulkLine line = read("Kim@Example.com,");
			assertUnreadable(line, 2, ProblemCode.EMPTY_PERMISSIONS);
			assertThat(line.entered()).contains(new EnteredInvitation("Kim@example.com", List.of(), null, null));
		}

		@Test
		void mayNameTheLanguage() {
			assertThat(CsvBulkReaderTests.this.reader.read(TextLine.batch("email,permissions,Sprache",
					"a@example.com,quotes,Deutsch", "b@example.com,quotes,GERMAN", "c@example.com,quotes,de_DE")))
				.extracting((line) -> ((BulkLine.Row) line).invitation().locale())
				.containsExactly(Locale.GERMAN, Locale.GERMAN, Locale.GERMANY);
		}

		@Test
		void isSkippedIfAllCellsAreEmpty() {
			assertThat(CsvBulkReaderTests.this.reader
				.read(TextLine.batch("email;permissions", ";", ";;;", "kim@example.com;invoices;;", "\"\"; ")))
				.containsExactly(row(4, "kim@example.com", null, null, "invoices"));
		}

		@Test
		void mayContainWhatTheServiceProtectedFromSpreadsheets() {
			assertThat(read("'+kim@example.com,invoices"))
				.isEqualTo(row(2, "+kim@example.com", null, null, "invoices"));
		}

		@Test
		void keepsWhatCouldBeReadIfItIsRefused() {
			List<BulkLine> lines = CsvBulkReaderTests.this.reader.read(TextLine.batch("email,permissions,locale,days",
					"kim,Invoices Domain,German,3", "kim@example.com,invoices,,soon", "kim@example.com"));
			assertThat(lines).extracting(BulkLine::entered)
				.containsExactly(Optional.of(new EnteredInvitation("kim", List.of("invoices", "Domain"), "de", 3)),
						Optional.of(new EnteredInvitation("kim@example.com", List.of("invoices"), null, null)),
						Optional.empty());
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
		return new CsvBulkReader(new BulkLineReader(key, RouterClient.languages()), VOCABULARY, true);
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

}
