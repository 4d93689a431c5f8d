package dev.latchkey.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents of the project: the README, the guides and the decision records.
 */
final class Documents {

	static final Path GUIDES = Path.of("src/docs");

	static final Path RECORDS = Path.of("src/adr");

	private Documents() {
	}

	static List<Path> all() {
		return Stream.of(List.of(Path.of("README.md")), markdown(GUIDES), markdown(RECORDS))
			.flatMap(List::stream)
			.toList();
	}

	static List<Path> markdown(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
