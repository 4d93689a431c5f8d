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
 * Locks a folder against other processes. The operating system releases the lock when
 * this process ends, however it ends.
 */
final class FolderLock implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FolderLock.class);

	/**
	 * Folders locked by this process: opening and closing a locked file a second time
	 * would release the lock (fcntl, POSIX), so that must not happen.
	 */
	private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

	private final Path folder;

	private final FileChannel channel;

	private FolderLock(Path folder, FileChannel channel) {
		this.folder = folder;
		this.channel = channel;
	}

	static FolderLock acquire(Path folder) throws IOException {
		if (!LOCKED.add(folder)) {
			throw inUse(folder);
		}
		FileChannel channel = null;
		try {
			channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			FileLock lock = channel.tryLock();
			if (lock == null) {
				throw inUse(folder);
			}
			return new FolderLock(folder, channel);
		}
		catch (IOException | RuntimeException ex) {
			if (channel != null) {
				channel.close();
			}
			LOCKED.remove(folder);
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
		LOCKED.remove(this.folder);
	}

	private static StartupException inUse(Path folder) {
		return new StartupException("Another process uses the embedded database in " + folder
				+ ": stop it, or set latchkey.embedded.directory to another directory.");
	}

}
