package dev.latchkey.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parsed and verified classes of the service, which a JVM maps into its memory
 * instead of loading them: a start then takes two thirds of the processor time. The first
 * process of a build that starts the service creates the archive, and the others wait for
 * it. It is only used if the system property {@code latchkey.test.jar} names the jar with
 * the classes of the service, because a class path with a directory can't have an
 * archive.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">
 * Class data sharing</a>
 */
final class ClassDataArchive {

	private static final Path FILE = Path.of("target", "service.jsa");

	private static final Path DRAFT = Path.of("target", "service.jsa.draft");

	private static final Path LOCK = Path.of("target", "service.jsa.lock");

	private ClassDataArchive() {
	}

	/**
	 * Returns the switches of a JVM that runs the service.
	 * @param training starts and stops the service with other switches, if there is no
	 * archive yet
	 */
	static synchronized List<String> switches(Consumer<List<String>> training) {
		String jar = System.getProperty("latchkey.test.jar");
		if (jar == null) {
			return List.of("-cp", System.getProperty("java.class.path"));
		}
		String classPath = classPath(jar);
		try {
			create(Path.of(jar),
					(draft) -> training.accept(List.of("-XX:ArchiveClassesAtExit=" + draft, "-cp", classPath)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return List.of("-XX:SharedArchiveFile=" + FILE, "-cp", classPath);
	}

	private static void create(Path jar, Consumer<Path> training) throws IOException {
		try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			lock.lock();
			if (!isNewerThan(jar)) {
				Files.deleteIfExists(DRAFT);
				training.accept(DRAFT);
				Files.move(DRAFT, FILE, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private static boolean isNewerThan(Path jar) throws IOException {
		return Files.exists(FILE) && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(jar)) > 0;
	}

	/**
	 * The jar of the service and those of its libraries.
	 */
	private static String classPath(String jar) {
		Stream<String> libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> Files.isRegularFile(Path.of(entry)));
		return Stream.concat(Stream.of(jar), libraries).collect(Collectors.joining(File.pathSeparator));
	}

}
