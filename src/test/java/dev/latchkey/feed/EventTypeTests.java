package dev.latchkey.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SQL statements contain the names of event types and actor kinds as literals; each of
 * them must be one that Java knows.
 */
class EventTypeTests {

	private static final Pattern EVENT_TYPE = Pattern.compile("'((?:account|invitation|member|ownership)\\.[a-z-]+)'");

	private static final Pattern ACTOR_KIND = Pattern.compile(",\\s*(?:'[a-z.-]+'|:type),\\s*'([A-Z]+)'");

	@Test
	void everyLiteralInSqlIsAnEventType() {
		assertThat(literals(EVENT_TYPE)).hasSizeGreaterThan(10)
			.allSatisfy((name) -> assertThat(EventType.of(name)).as(name).isPresent());
	}

	@Test
	void everyLiteralAfterAnEventTypeInSqlIsAnActorKind() {
		assertThat(literals(ACTOR_KIND)).hasSizeGreaterThan(10)
			.isSubsetOf(Stream.of(ActorKind.values()).map(ActorKind::name).toList());
	}

	@Test
	void everyTypeIsFoundByItsWireName() {
		assertThat(EventType.values()).allSatisfy((type) -> assertThat(EventType.of(type.wireName())).contains(type));
		assertThat(EventType.of("invitation.unknown")).isEmpty();
	}

	private static List<String> literals(Pattern pattern) {
		try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java")),
				Files.walk(Path.of("src/main/resources/db/commands")))) {
			return files.filter((file) -> file.toString().matches(".*\\.(java|sql)"))
				.flatMap((file) -> pattern.matcher(text(file)).results())
				.map((MatchResult match) -> match.group(1))
				.toList();
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
