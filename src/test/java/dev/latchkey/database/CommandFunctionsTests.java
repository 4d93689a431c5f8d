package dev.latchkey.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements inside of the functions of the commands. In a cluster, a function runs
 * on the machine of its account, so each statement must read and write rows of that
 * account only. Other tests refuse forms that crash a Citus server, or that it refuses or
 * sends to all machines.
 */
class CommandFunctionsTests {

	private static final Path FUNCTIONS = Path.of("src/main/resources/db/commands");

	private static final Pattern BODY = Pattern.compile("(?s)as \\$\\$(.*?)\\$\\$;");

	private static final Pattern STATEMENT = Pattern
		.compile("(?s)\\b(insert\\s+into|update|delete\\s+from|select)\\s.*");

	private static final Pattern EVENT = Pattern.compile("insert\\s+into\\s+account_event");

	/** For example {@code set reminder_id = p_reminders[2]}, which crashes a server. */
	private static final Pattern SUBSCRIPT = Pattern.compile("(?s)\\bset\\b.*?=\\s*[(\\w]+\\)?\\s*\\[");

	private static final Pattern INSERT_SELECT = Pattern
		.compile("(?s)insert\\s+into\\s+\\w+(\\s*\\([^)]*\\))?\\s+select(?!.*\\bfrom\\s+unnest\\()");

	private static final Pattern TIME_IN_CONFLICT = Pattern.compile("(?s)on\\s+conflict.*\\b(now\\(|interval\\b)");

	private static final Pattern TIME_IN_EXPRESSION = Pattern
		.compile("(?s)^(insert|update).*(\\binterval\\b|(case|coalesce)\\b[^;]*now\\(\\))");

	@Test
	void eachStatementIsAboutOneAccount() {
		assertThat(statements()).hasSizeGreaterThan(30).filteredOn((statement) -> !namesShard(statement)).isEmpty();
	}

	@Test
	void eventsAreNumberedInOnePlace() {
		assertThat(files(FUNCTIONS).filter((file) -> EVENT.matcher(text(file)).find())).singleElement()
			.asString()
			.endsWith("__append_event.sql");
		assertThat(sources()).filteredOn(EVENT.asPredicate()).isEmpty();
	}

	@Test
	void noStatementSetsAColumnToAnElementOfAnArray() {
		assertNone(SUBSCRIPT.asPredicate());
		assertThat("update t set a = b[1] where c = 2").matches(SUBSCRIPT.asPredicate());
		assertThat("update t set a = (b)[1] where c = 2").matches(SUBSCRIPT.asPredicate());
	}

	@Test
	void noStatementInsertsWhatItSelectsFromATable() {
		assertNone(INSERT_SELECT.asPredicate());
		assertThat("insert into t (a, b)\nselect a, b from u").matches(INSERT_SELECT.asPredicate());
	}

	@Test
	void timesAreComputedBeforeTheStatementsThatWriteThem() {
		assertNone(TIME_IN_CONFLICT.asPredicate());
		assertNone(TIME_IN_EXPRESSION.asPredicate());
		assertThat("update t set a = case when b then now() end").matches(TIME_IN_EXPRESSION.asPredicate());
	}

	/**
	 * A machine does not execute a statement inside of a statement on its rows.
	 */
	@Test
	void noStatementOnATableCallsAFunctionThatReadsTables() {
		Pattern call = Pattern.compile("\\b(is_member|find_\\w+|lock_\\w+|try_lock_\\w+|count_mail|append_\\w+)\\(");
		assertThat(expressions())
			.filteredOn((expression) -> expression.matches("(?s).*\\b(from|join|update|into)\\s.*"))
			.hasSizeGreaterThan(30)
			.filteredOn(call.asPredicate())
			.isEmpty();
	}

	private static void assertNone(Predicate<String> form) {
		assertThat(statements()).filteredOn(form).isEmpty();
	}

	private static boolean namesShard(String statement) {
		return TablePlacement.ALL.stream()
			.filter((table) -> Pattern.compile("\\b(from|join|into|update|using)\\s+" + table.table() + "\\b")
				.matcher(statement)
				.find())
			.allMatch((table) -> !table.isReference() && namesShard(statement, Objects.requireNonNull(table.column())));
	}

	private static boolean namesShard(String statement, String column) {
		return statement.startsWith("insert")
				? statement.matches("(?s)insert\\s+into\\s+\\w+(\\s+as\\s+\\w+)?\\s*\\(" + column + ",.*")
				: Pattern.compile("\\b" + column + " = (p|v)_\\w+").matcher(statement).find();
	}

	private static List<String> statements() {
		return files(FUNCTIONS).flatMap((file) -> BODY.matcher(text(file)).results())
			.map((body) -> body.group(1).replaceAll("--.*", ""))
			.flatMap((body) -> Stream.of(body.split(";")))
			.map(STATEMENT::matcher)
			.filter(Matcher::find)
			.map((statement) -> statement.group().strip())
			.toList();
	}

	/**
	 * The parts of the functions that the server executes as one query each, without the
	 * keywords around them.
	 */
	private static List<String> expressions() {
		return files(FUNCTIONS).flatMap((file) -> BODY.matcher(text(file)).results())
			.map((body) -> body.group(1).replaceAll("--.*", ""))
			.flatMap((body) -> Stream.of(body.split(";|\\bthen\\b|\\bloop\\b|\\belse\\b")))
			.toList();
	}

	private static List<String> sources() {
		return files(Path.of("src/main/java")).map(CommandFunctionsTests::text).toList();
	}

	private static Stream<Path> files(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).collect(Collectors.toList()).stream();
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
