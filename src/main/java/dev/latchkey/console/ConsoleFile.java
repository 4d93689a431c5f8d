package dev.latchkey.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * One file of the console, kept as it is and compressed, so that serving it neither reads
 * nor computes.
 */
final class ConsoleFile {

	private static final Map<String, MediaType> TYPES = Map.of("js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"), "svg", MediaType.parseMediaType("image/svg+xml"));

	/** What the console consists of. */
	static final Set<String> EXTENSIONS = TYPES.keySet();

	private final MediaType type;

	private final byte[] plain;

	private final byte[] compressed;

	private final String tag;

	private ConsoleFile(MediaType type, byte[] plain) {
		this.type = type;
		this.plain = plain;
		this.compressed = compress(plain);
		this.tag = HexFormat.of().formatHex(Digests.sha256(plain), 0, 12);
	}

	/**
	 * Reads a file as the type that its name says.
	 */
	static ConsoleFile of(String name, byte[] bytes) {
		MediaType type = TYPES.get(StringUtils.getFilenameExtension(name));
		if (type == null) {
			throw new IllegalArgumentException("The console has no files such as " + name);
		}
		return new ConsoleFile(type, bytes);
	}

	MediaType type() {
		return this.type;
	}

	/**
	 * The bytes to send; nobody changes them.
	 */
	byte[] bytes(boolean gzip) {
		return gzip ? this.compressed : this.plain;
	}

	/**
	 * The entity tag of one of the two representations (RFC 9110, section 8.8.3.3: they
	 * differ).
	 */
	String tag(boolean gzip) {
		return '"' + this.tag + (gzip ? "-gzip" : "") + '"';
	}

	private static byte[] compress(byte[] plain) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length);
		try (GZIPOutputStream gzip = new BestCompression(compressed)) {
			gzip.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	private static final class BestCompression extends GZIPOutputStream {

		BestCompression(ByteArrayOutputStream target) throws IOException {
			super(target);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
