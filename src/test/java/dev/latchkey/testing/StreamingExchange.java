package dev.latchkey.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A request whose body and response are both streams, so that the next part of the body
 * can depend on what the service has responded so far.
 */
public final class StreamingExchange implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private byte[] chunk = new byte[0];

	private int chunkPosition;

	private int status;

	/**
	 * Sends the head of a request.
	 * @param receiveBuffer the size of the receive buffer for the response, in bytes
	 * @param headers alternately names and values
	 */
	public StreamingExchange(Service service, int receiveBuffer, String method, String target, String... headers) {
		try {
			String[] all = Arrays.copyOf(headers, headers.length + 2);
			all[headers.length] = "Transfer-Encoding";
			all[headers.length + 1] = "chunked";
			this.socket = RawHttp.connect(service, receiveBuffer);
			this.in = new BufferedInputStream(this.socket.getInputStream(), Math.min(receiveBuffer, 8192));
			this.socket.getOutputStream().write(RawHttp.head(method, target, all).getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a piece of the body.
	 */
	public void send(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
	}

	/**
	 * Ends the body.
	 */
	public void end() {
		write("0\r\n\r\n");
	}

	/**
	 * Waits for the head of the response and returns its status.
	 */
	public int status() {
		if (this.status == 0) {
			this.status = Integer.parseInt(headLine().split(" ", -1)[1]);
			while (!headLine().isEmpty()) {
				// The headers are not needed.
			}
		}
		return this.status;
	}

	/**
	 * The next line of the response.
	 * @return the line, or null at the regular end of the response
	 * @throws UncheckedIOException if the response was cut off
	 */
	public @Nullable String line() {
		status();
		StringBuilder line = new StringBuilder();
		for (int next = read(); next >= 0; next = read()) {
			if (next == '\n') {
				return line.toString();
			}
			line.append((char) next);
		}
		return line.isEmpty() ? null : line.toString();
	}

	/**
	 * Closes the connection, even if the exchange is not complete.
	 */
	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int read() {
		if (this.chunkPosition == this.chunk.length) {
			nextChunk();
		}
		return (this.chunk.length == 0) ? -1 : this.chunk[this.chunkPosition++] & 0xFF;
	}

	private void nextChunk() {
		try {
			int size = Integer.parseInt(headLine(), 16);
			this.chunk = this.in.readNBytes(size);
			this.chunkPosition = 0;
			if (this.chunk.length < size) {
				throw new EOFException("cut off within a chunk");
			}
			headLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String headLine() {
		try {
			StringBuilder line = new StringBuilder();
			int next = this.in.read();
			while (next != '\n') {
				if (next < 0) {
					throw new EOFException("cut off");
				}
				if (next != '\r') {
					line.append((char) next);
				}
				next = this.in.read();
			}
			return line.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
