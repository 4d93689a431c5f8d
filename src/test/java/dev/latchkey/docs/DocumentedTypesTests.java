package dev.latchkey.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types that the documents name exist.
 */
class DocumentedTypesTests {

	/** A type in backticks, optionally after its package: {@code feed/AccountTail}. */
	private static final Pattern TYPE = Pattern
		.compile("`(?:[a-z/]+/)?(\\p{Upper}\\p{Lower}+(?:\\p{Upper}\\p{Lower}+)+)`");

	private static final Pattern PACKAGED_TYPE = Pattern.compile("`([a-z/]+/\\p{Upper}\\p{Alpha}+)`");

	/** Types of libraries and browsers. */
	private static final Set<String> FOREIGN = Set.of("BroadcastChannel", "EmbeddedPostgres", "MessageFormat",
			"MessageSource");

	private static final String ALERT_PREFIX = "Latchkey";

	@ParameterizedTest
	@MethodSource("dev.latchkey.docs.Documents#all")
	void exist(Path document) {
		Set<String> named = TYPE.matcher(Documents.read(document))
			.results()
			.map((type) -> type.group(1))
			.filter((type) -> !type.startsWith(ALERT_PREFIX))
			.collect(Collectors.toCollection(TreeSet::new));
		named.removeAll(FOREIGN);
		named.removeAll(types());
		assertThat(named).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.docs.Documents#all")
	void areInTheirPackage(Path document) {
		assertThat(PACKAGED_TYPE.matcher(Documents.read(document)).results().map((type) -> type.group(1)))
			.filteredOn((type) -> !type.startsWith("src/"))
			.allMatch((type) -> Files.exists(Path.of("src/main/java/dev/latchkey", type + ".java")));
	}

	private static Set<String> types() {
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java"))
				.map((name) -> name.replace(".java", ""))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
