package dev.latchkey.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;

import dev.latchkey.shared.StartupException;

import org.springframework.util.FileSystemUtils;

/**
 * The folder of an embedded database, locked by this process: the data directory with its
 * log, the password and the PostgreSQL programs. Only the operating system's user that
 * runs this process can read the files in it.
 */
final class EmbeddedFolder implements AutoCloseable {

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private static final String UNFINISHED = "unfinished-";

	private final Path path;

	private final FolderLock lock;

	private EmbeddedFolder(Path path, FolderLock lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Opens the folder, creates it if necessary, and locks it.
	 * @throws StartupException if it is not writable or another process has locked it
	 */
	static EmbeddedFolder open(Path directory) {
		try {
			if (!Files.isDirectory(directory)) {
				Files.createDirectories(directory, OWNER_ONLY);
			}
			Path path = directory.toRealPath();
			if (path.toString().matches("(?s).*[\"$`\\\\\\n].*")) {
				throw new StartupException("The embedded database's programs don't support quotes, $, \\ or line breaks"
						+ " in the name of their directory: " + printable(path) + ".");
			}
			EmbeddedFolder folder = new EmbeddedFolder(path, FolderLock.acquire(path));
			folder.removeUnfinished();
			return folder;
		}
		catch (IOException | UncheckedIOException ex) {
			throw new StartupException(
					"The embedded database can't write to its directory " + printable(directory.toAbsolutePath()) + " ("
							+ ex.getClass().getSimpleName()
							+ "): set latchkey.embedded.directory to another directory, or set latchkey.database.url.",
					ex);
		}
	}

	Path data() {
		return this.path.resolve("data");
	}

	Path programs() {
		return this.path.resolve("programs");
	}

	Path passwordFile() {
		return this.path.resolve("password");
	}

	/**
	 * The password of the database, generated on the first call.
	 */
	String password() throws IOException {
		if (!Files.exists(passwordFile())) {
			if (Files.exists(data())) {
				throw new StartupException("The embedded database's password is missing: restore the file "
						+ printable(passwordFile()) + " or start in an empty directory.");
			}
			writeRandom(passwordFile());
		}
		return Files.readString(passwordFile()).strip();
	}

	/**
	 * The key that signs the links in mails, generated on the first call.
	 */
	byte[] tokenKey() throws IOException {
		Path file = this.path.resolve("token-key");
		if (!Files.exists(file)) {
			writeRandom(file);
		}
		return Base64.getUrlDecoder().decode(Files.readString(file).strip());
	}

	private void writeRandom(Path file) throws IOException {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		Path draft = Files.createTempFile(this.path, UNFINISHED, "", OWNER_ONLY_FILE);
		Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
		finish(draft, file);
	}

	/**
	 * A temporary folder to build something that is then moved to its final path by
	 * {@link #finish}.
	 */
	Path draft() throws IOException {
		return Files.createTempDirectory(this.path, UNFINISHED, OWNER_ONLY);
	}

	void finish(Path draft, Path target) throws IOException {
		Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
	}

	@Override
	public void close() {
		this.lock.close();
	}

	private void removeUnfinished() throws IOException {
		try (Stream<Path> entries = Files.list(this.path)) {
			for (Path entry : entries.filter((file) -> file.getFileName().toString().startsWith(UNFINISHED)).toList()) {
				FileSystemUtils.deleteRecursively(entry);
			}
		}
	}

	private static String printable(Path path) {
		return path.toString().replaceAll("\\p{Cntrl}", "?");
	}

}
