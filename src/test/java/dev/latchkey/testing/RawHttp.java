package dev.latchkey.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends raw bytes over a socket, for requests that an HTTP client would not send.
 */
public final class RawHttp {

	private static final int TIMEOUT_MILLIS = 15_000;

	private RawHttp() {
	}

	/**
	 * Returns the request line and headers of a request after which the service closes
	 * the connection.
	 * @param target the target of the request line, sent as it is
	 * @param headers names and values in turn; a {@code Host} replaces the default one
	 */
	public static String head(String method, String target, String... headers) {
		StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
		boolean host = false;
		for (int index = 0; index < headers.length; index += 2) {
			host |= headers[index].equals("Host");
			head.append(headers[index]).append(": ").append(headers[index + 1]).append("\r\n");
		}
		return head.append(host ? "\r\n" : "Host: localhost\r\n\r\n").toString();
	}

	/**
	 * Connects to a service.
	 */
	public static Socket connect(Service service) throws IOException {
		return connect(service, 65_536);
	}

	/**
	 * Connects with a given size of the receive buffer.
	 * @param receiveBuffer in bytes
	 */
	public static Socket connect(Service service, int receiveBuffer) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(receiveBuffer);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
		socket.setSoTimeout(TIMEOUT_MILLIS);
		socket.setTcpNoDelay(true);
		return socket;
	}

	/**
	 * Sends bytes and reads until the service closes the connection.
	 */
	public static Reply send(Service service, String head, byte... body) {
		try (Socket socket = connect(service)) {
			try {
				socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
				socket.getOutputStream().write(body);
			}
			catch (IOException ex) {
				// The service has already replied and does not read the rest.
			}
			return reply(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Reply reply(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			in.transferTo(bytes);
		}
		catch (SocketException ex) {
			// A connection reset after the reply is treated as its end.
		}
		String text = bytes.toString(StandardCharsets.UTF_8);
		int end = text.indexOf("\r\n\r\n");
		if (end < 0) {
			throw new AssertionError("not an HTTP response: " + text);
		}
		String[] lines = text.substring(0, end).split("\r\n", -1);
		Map<String, String> headers = new TreeMap<>();
		for (int index = 1; index < lines.length; index++) {
			String[] parts = lines[index].split(": ?", 2);
			headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1], (one, other) -> one + ", " + other);
		}
		return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, text.substring(end + 4));
	}

	/**
	 * The response of the service.
	 *
	 * @param headers by name in lower case
	 * @param body as it was sent, including chunk sizes
	 */
	public record Reply(int status, Map<String, String> headers, String body) {

	}

}
