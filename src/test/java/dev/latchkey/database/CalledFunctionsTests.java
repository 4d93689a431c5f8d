package dev.latchkey.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * During an update, the release before still calls its functions in the database that the
 * new release has migrated. The file {@code called-functions.txt} lists the functions
 * that the last release calls, and those that this release calls. A function or type in
 * this file never changes; a change gets a new name. A line is removed when the last
 * release does not call the function any more.
 */
@ServiceTest
class CalledFunctionsTests {

	private static final Path LIST = Path.of("src/test/resources/called-functions.txt");

	/** A call in a statement, such as {@code from create_account(:id, …) r}. */
	private static final Pattern CALL = Pattern.compile("\\b(?:from|select)\\s+(\\w+)\\(:");

	private static final String FUNCTIONS = """
			select format('function %s(%s) returns %s', p.proname, pg_get_function_arguments(p.oid),
			              pg_get_function_result(p.oid)) as definition
			  from pg_proc p
			 where p.pronamespace = current_schema()::regnamespace
			""";

	private static final String TYPES = """
			select format('type %s (%s)', c.relname,
			              string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
			                         order by a.attnum)) as definition
			  from pg_class c join pg_attribute a on a.attrelid = c.oid
			 where c.relnamespace = current_schema()::regnamespace and c.relkind = 'c' and not a.attisdropped
			 group by c.oid, c.relname
			""";

	@Test
	void everyListedFunctionAndTypeIsInTheDatabase() {
		Set<String> present = new TreeSet<>(definitions(FUNCTIONS));
		present.addAll(definitions(TYPES));
		assertThat(present).containsAll(listed());
	}

	@Test
	void everyFunctionThatTheServiceCallsIsListed() {
		Set<String> names = listed().stream()
			.filter((line) -> line.startsWith("function "))
			.map(CalledFunctionsTests::name)
			.collect(Collectors.toSet());
		assertThat(called()).hasSizeGreaterThan(15).isSubsetOf(names);
	}

	/**
	 * The rows of a new account are on another machine than the receipt of its creator.
	 */
	@Test
	void everyCalledFunctionIsDistributedByItsAccount() {
		Set<String> ofOneAccount = called();
		ofOneAccount.remove("create_account");
		assertThat(CitusFunctions.COMMANDS).containsExactlyInAnyOrderElementsOf(ofOneAccount);
	}

	@Test
	void everyResultTypeIsListed() {
		Set<String> types = definitions(TYPES).stream().map(CalledFunctionsTests::name).collect(Collectors.toSet());
		Set<String> listed = listed().stream()
			.filter((line) -> line.startsWith("type "))
			.map(CalledFunctionsTests::name)
			.collect(Collectors.toSet());
		assertThat(listed().stream()
			.filter((line) -> line.startsWith("function "))
			.map((line) -> line.replaceAll(".* returns (?:SETOF )?", ""))
			.filter(types::contains)).isSubsetOf(listed);
	}

	private static String name(String line) {
		return line.replaceFirst("\\w+ (\\w+).*", "$1");
	}

	private static List<String> definitions(String query) {
		return StoreFixture.shared()
			.database()
			.rows(query)
			.stream()
			.map((row) -> String.valueOf(row.get("definition")))
			.toList();
	}

	private static List<String> listed() {
		try {
			return Files.readAllLines(LIST).stream().filter((line) -> !line.startsWith("#")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> called() {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.flatMap((file) -> CALL.matcher(text(file)).results())
				.map((MatchResult match) -> match.group(1))
				.filter((name) -> !name.equals("unnest"))
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
