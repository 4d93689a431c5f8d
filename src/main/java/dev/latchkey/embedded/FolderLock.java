package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.shared.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second process away from a folder. The operating system lets go of the lock
 * when this process ends, however it ends.
 */
final class FolderLock implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FolderLock.class);

	/**
	 * Folders held in this process: to open a locked file once more and to close it again
	 * would give up the lock (fcntl, POSIX), so that must not even be tried.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path folder;

	private final FileChannel channel;

	private FolderLock(Path folder, FileChannel channel) {
		this.folder = folder;
		this.channel = channel;
	}

	static FolderLock take(Path folder) throws IOException {
		if (!HELD.add(folder)) {
			throw held(folder);
		}
		FileChannel channel = null;
		try {
			channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			FileLock lock = channel.tryLock();
			if (lock == null) {
				throw held(folder);
			}
			return new FolderLock(folder, channel);
		}
		catch (IOException | RuntimeException ex) {
			if (channel != null) {
				channel.close();
			}
			HELD.remove(folder);
			throw ex;
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.warn("The lock of {} could not be closed", this.folder, ex);
		}
		HELD.remove(this.folder);
	}

	private static StartupException held(Path folder) {
		return new StartupException("Another process uses the embedded database in " + folder
				+ ": stop it, or set latchkey.embedded.directory to another folder.");
	}

}
