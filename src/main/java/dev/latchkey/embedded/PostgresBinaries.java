package dev.latchkey.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.latchkey.shared.StartupException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs, unpacked into the folder of the embedded database: nothing is
 * shared with other users of the machine through a temporary folder.
 */
final class PostgresBinaries {

	private final Path home;

	private PostgresBinaries(Path home) {
		this.home = home;
	}

	/**
	 * Unpacks the programs if necessary. The name of their folder is the digest of the
	 * archive, so a newer release unpacks its own programs.
	 */
	static PostgresBinaries in(EmbeddedFolder folder) throws IOException {
		Path home = folder.programs().resolve(digest());
		if (!Files.exists(home)) {
			Files.createDirectories(folder.programs());
			Path draft = folder.draft();
			unpack(draft);
			folder.finish(draft, home);
		}
		return new PostgresBinaries(home);
	}

	/**
	 * Deletes the programs, so that the next start unpacks them again.
	 */
	void discard() throws IOException {
		FileSystemUtils.deleteRecursively(this.home);
	}

	/**
	 * Runs a program and waits for its end. It does not inherit the environment of this
	 * process, which may contain secrets.
	 * @return its output, and whether it was successful
	 */
	Outcome run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (LinuxUtils.isUnshareAvailable()) {
			// PostgreSQL refuses to run as root; in its own user namespace it does not
			// run as root.
			command.addAll(List.of("unshare", "-U"));
		}
		command.add(this.home.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().retainAll(Set.of("PATH"));
		builder.environment().put("LC_ALL", "C");
		Process process = builder.start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			return new Outcome(process.waitFor() == 0, output);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while " + program + " ran", ex);
		}
	}

	private static void unpack(Path target) throws IOException {
		try (InputStream archive = archive();
				TarArchiveInputStream tar = new TarArchiveInputStream(
						new XZInputStream(new BufferedInputStream(archive)))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				unpack(entry, tar, target.resolve(entry.getName()));
			}
		}
	}

	private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
		if (entry.isDirectory()) {
			Files.createDirectories(target);
			return;
		}
		Path parent = target.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(content, target);
		if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
			throw new IOException("can't make " + target + " executable");
		}
	}

	private static String digest() throws IOException {
		try (InputStream archive = archive()) {
			return DigestUtils.md5DigestAsHex(archive);
		}
	}

	private static InputStream archive() throws IOException {
		String system = System.getProperty("os.name", "").startsWith("Mac") ? "Darwin"
				: System.getProperty("os.name", "");
		String architecture = System.getProperty("os.arch", "");
		try {
			return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system,
					"amd64".equals(architecture) ? "x86_64" : architecture);
		}
		catch (IllegalStateException ex) {
			throw new StartupException("There is no embedded database for " + system + " on " + architecture
					+ ": set latchkey.database.url.", ex);
		}
	}

	/**
	 * The result of a program.
	 */
	record Outcome(boolean successful, String output) {

		/**
		 * The line of the output that most likely has the reason of a failure.
		 */
		String reason() {
			List<String> lines = this.output.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
			String last = lines.isEmpty() ? "no reason was given" : lines.get(lines.size() - 1);
			return Stream.of("could not bind", "FATAL:", "error:")
				.flatMap((marker) -> lines.stream().filter((line) -> line.contains(marker)))
				.findFirst()
				.orElse(last)
				.replaceFirst("^.*?(LOG|FATAL|error):\\s+", "");
		}

	}

}
