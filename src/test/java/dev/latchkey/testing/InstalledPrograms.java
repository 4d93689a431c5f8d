package dev.latchkey.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;

/**
 * Finds installed programs that some tests need.
 */
public final class InstalledPrograms {

	private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

	private InstalledPrograms() {
	}

	/**
	 * Finds a program on the PATH or in {@code /usr/sbin}. If it is missing, the test is
	 * skipped; in CI, which installs it, the test fails.
	 * @param name the name of the program and of its Debian package
	 */
	public static Path require(String name) {
		FastRing.refuse("an installed program");
		Optional<Path> program = SEPARATOR.splitAsStream(System.getenv("PATH") + File.pathSeparator + "/usr/sbin")
			.filter((folder) -> !folder.isEmpty())
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
		String missing = name + " is not installed (Debian: " + name + ")";
		if (program.isEmpty() && System.getenv("CI") == null) {
			Assumptions.abort(missing);
		}
		return program.orElseThrow(() -> new AssertionError(missing));
	}

}
