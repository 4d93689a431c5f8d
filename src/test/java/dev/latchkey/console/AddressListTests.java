package dev.latchkey.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console takes whole addresses out of a text, or passes on a word that it does not
 * understand, for the service to refuse.
 */
@ServiceTest
class AddressListTests {

	private static final long SEED = Long.getLong("latchkey.test.seed", 20260504L);

	private static final String CALL = """
			async ([name, texts]) => {
				const module = await import('/console/any/api/address-list.js');
				return texts.map((text) => module[name](text));
			}""";

	private static final String LOCAL_CHARACTERS = "abcXYZ019!#$%&'*+/=?^_`{|}~-";

	static BrowserVisitor visitor;

	@BeforeAll
	static void open() {
		visitor = ConsoleFixture.shared().visit();
		visitor.open("/sign-in");
	}

	@AfterAll
	static void close() {
		visitor.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>', quoteCharacter = '\u0001', nullValues = "nothing",
			value = { "o'brien@example.org > o'brien@example.org", "pat.o'brien@example.org > pat.o'brien@example.org",
					"d'arcy@example.org d'arcy@example.net > d'arcy@example.org d'arcy@example.net",
					"'jane@example.org' > jane@example.org", "\u2018jane@example.org\u2019 > jane@example.org",
					"\u201Cjane@example.org\u201D, \u201Etom@example.org\u201C > jane@example.org tom@example.org",
					"'jane@example.org','o'brien@example.org' > jane@example.org o'brien@example.org",
					"'jane@example.org > 'jane@example.org", "(jane@example.org) > jane@example.org",
					"*_jane@example.org_* > jane@example.org", "`jane@example.org`. > jane@example.org",
					"jane@example.org. > jane@example.org", "Is it jane@example.org?! > jane@example.org",
					"jane@example.org|tom@example.org > jane@example.org tom@example.org",
					"|jane@example.org|tom@example.org| > jane@example.org tom@example.org",
					"|jane@example.org|tom@example.org > |jane@example.org tom@example.org",
					"tom|jane@example.org > tom|jane@example.org",
					"jane@example.org,,tom@example.org; > jane@example.org tom@example.org",
					"mailto:jane@example.org > jane@example.org",
					"MAILTO:jane@example.org?subject=x%20y&cc=z > jane@example.org",
					"mailto:o%27brien@example.org,tom@example.org > o'brien@example.org tom@example.org",
					"[jane@example.org](mailto:jane@example.org) > jane@example.org",
					"[Jane](mailto:jane@example.org?subject=x) > jane@example.org",
					"\u00A0jane@example.org\u200B \uFEFFtom@example.org > jane@example.org tom@example.org",
					"jane@ex\u00E4mple.org; jane@\u4F8B\u3048.jp\u3002 > jane@ex\u00E4mple.org jane@\u4F8B\u3048.jp",
					"Jane\tDoe\tjane@example.org\t5 > jane@example.org",
					"jane@example.org Jane@example.org > jane@example.org Jane@example.org",
					"jane@example.org,a,b@example.org > jane@example.org a,b@example.org",
					"no address here > nothing" })
	void findsWholeAddresses(String text, String addresses) {
		assertThat(find(text)).isEqualTo((addresses != null) ? List.of(addresses.split(" ")) : List.of());
	}

	@Test
	void findsAddressesInAngleBrackets() {
		assertThat(find("Doe, Jane <jane@example.org>; O'Brien, Pat <pat.o'brien@example.org>;"))
			.containsExactly("jane@example.org", "pat.o'brien@example.org");
		assertThat(find("\"Doe, Jane\" <mailto:jane@example.org>,Tom<tom@example.org>,<kim@example.org>"))
			.containsExactly("jane@example.org", "tom@example.org", "kim@example.org");
		assertThat(find("<a href=\"mailto:jane@example.org\">jane@example.org</a>"))
			.containsExactly("jane@example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bar\"baz@example.org", "a,b@example.org", "a;b@example.org", "a<b@example.org",
			"a>b@example.org", "Jane:jane@example.org", "jane@tom@example.org", "\"a@b\"@example.org",
			"jane@a_b.example", "jane@exam\u200Bple.org", "ja\u200Bne@example.org", "\u202Ejane@example.org",
			"jane@example.org/path", "jane@example.org?subject=x", "jane@example.org(work)", "jane@example.org\"tom",
			"jane@[127.0.0.1]", "jane@", "@jane", "mailto:?to=jane@example.org", "mailto:%ZZ@example.org",
			"mailto:jane@example.org%0Atom@example.org" })
	void keepsAWordThatItDoesNotUnderstandWhole(String word) {
		assertThat(find("foo " + word + "\nbar")).containsExactly(word);
	}

	@ParameterizedTest
	@ValueSource(strings = { ",", ";", "|", " ", "\n", "\r\n", "\t", ", ", "; ", " | ", "\u00A0", "\uFF0C", "\u3001",
			">,<", "\", \"", "), (", "\u201D;\u201C", " mailto:" })
	void findsEveryAddressBetweenSeparators(String separator) {
		Random random = new Random(SEED);
		List<List<String>> lists = IntStream.range(0, 200).mapToObj((list) -> addresses(random)).toList();
		List<String> texts = lists.stream().map((list) -> surrounded(list, separator)).toList();
		assertThat(findAll(texts)).isEqualTo(lists);
	}

	@ParameterizedTest
	@ValueSource(strings = { "''", "\u2018\u2019", "\"\"", "()", "[]", "{}", "<>", "**", "__", "~~", "``", "||" })
	void removesACharacterAtBothEnds(String pair) {
		Random random = new Random(SEED);
		List<String> addresses = IntStream.range(0, 100).mapToObj((index) -> address(random)).toList();
		List<String> texts = addresses.stream().map((address) -> pair.charAt(0) + address + pair.charAt(1)).toList();
		assertThat(findAll(texts)).isEqualTo(addresses.stream().map(List::of).toList());
	}

	/**
	 * What is found is either refused by the service, or not a part of something longer:
	 * before it is nothing, or a character that cannot be a typing error for a letter.
	 */
	@Test
	void neverShortensAnAddressAndLosesNone() {
		Random random = new Random(SEED);
		List<String> words = IntStream.range(0, 5000)
			.mapToObj((index) -> text(random, "ab@@..-,;|'\"()[]:?*", 4 + random.nextInt(12)))
			.filter((word) -> word.contains("@"))
			.toList();
		List<List<String>> found = findAll(words);
		for (int index = 0; index < words.size(); index++) {
			String word = words.get(index);
			assertThat(found.get(index)).as(word).isNotEmpty();
			assertThat(found.get(index)).filteredOn(AddressListTests::isAccepted)
				.as(word)
				.allMatch((address) -> isWholeIn(word, address));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0001',
			value = { " jane@example.org. |jane@example.org", "mailto:jane@example.org|jane@example.org",
					"Doe, Jane <jane@example.org>;|jane@example.org", "ann smith@example.org|ann smith@example.org",
					"jane@example.org,tom@example.org|jane@example.org,tom@example.org", "jane|jane",
					"a@b.org <jane@example.org>|a@b.org <jane@example.org>" })
	void cleansASingleAddressOnly(String text, String clean) {
		assertThat(call("cleanAddress", List.of(text))).isEqualTo(List.of(clean));
	}

	private static boolean isWholeIn(String word, String address) {
		String surrounding = "[^@]*@[ab.-]+['\"()\\[\\]:?*.]*[,;|]+";
		return Pattern.compile("^\\|?(" + surrounding + ")*[,;'*\"()\\[\\]]*" + Pattern.quote(address) + "(?![ab-])")
			.matcher(word)
			.find();
	}

	private static boolean isAccepted(String text) {
		try {
			return !EmailAddress.of(text).value().isEmpty();
		}
		catch (DomainException ex) {
			return false;
		}
	}

	private static String surrounded(List<String> addresses, String separator) {
		UnaryOperator<String> form = separator.endsWith("mailto:")
				? (address) -> address.replace("%", "%25").replace("?", "%3F") : UnaryOperator.identity();
		String opening = (separator.length() > 2 && !separator.isBlank()) ? separator.substring(separator.length() - 1)
				: "";
		String joined = addresses.stream().map(form).collect(Collectors.joining(separator));
		return switch (opening) {
			case "<" -> "<" + joined + ">";
			case "\"" -> "\"" + joined + "\"";
			case "(" -> "(" + joined + ")";
			case "\u201C" -> "\u201C" + joined + "\u201D";
			case ":" -> "mailto:" + joined;
			default -> joined;
		};
	}

	private static List<String> addresses(Random random) {
		return IntStream.range(0, 1 + random.nextInt(4)).mapToObj((index) -> address(random)).distinct().toList();
	}

	private static String address(Random random) {
		List<String> atoms = new ArrayList<>();
		for (int count = random.nextInt(3); count >= 0; count--) {
			atoms.add(text(random, LOCAL_CHARACTERS, 1 + random.nextInt(5)));
		}
		String address = String.join(".", atoms) + "@" + text(random, "ab9\u00E4", 3) + ".example";
		assertThat(isAccepted(address)).as(address).isTrue();
		return address;
	}

	private static String text(Random random, String alphabet, int length) {
		return random.ints(length, 0, alphabet.length())
			.mapToObj((index) -> alphabet.substring(index, index + 1))
			.collect(Collectors.joining());
	}

	private static List<String> find(String text) {
		return findAll(List.of(text)).get(0);
	}

	@SuppressWarnings("unchecked")
	private static List<List<String>> findAll(List<String> texts) {
		return (List<List<String>>) call("findAddresses", texts);
	}

	private static Object call(String function, List<String> texts) {
		return visitor.page().evaluate(CALL, List.of(function, texts));
	}

}
