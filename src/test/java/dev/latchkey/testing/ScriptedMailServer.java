package dev.latchkey.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A mail server with scripted failures: it refuses, hangs or disconnects at any step of a
 * session, for all recipients or for one.
 */
public final class ScriptedMailServer implements AutoCloseable {

	/** In place of a reply: sends nothing until the server is closed. */
	public static final String HANG = "hang";

	/** In place of a reply: closes the connection. */
	public static final String DROP = "drop";

	private static final String ALL_RECIPIENTS = "";

	private static final String LATE = "late ";

	private final ServerSocket socket;

	private final CountDownLatch closing = new CountDownLatch(1);

	private final Map<String, Deque<String>> script = new ConcurrentHashMap<>();

	private final List<Dialog> dialogs = new CopyOnWriteArrayList<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private ScriptedMailServer(ServerSocket socket) {
		this.socket = socket;
	}

	public static ScriptedMailServer start() {
		try {
			ScriptedMailServer server = new ScriptedMailServer(
					new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			server.startThread("scripted-smtp", server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * In place of a reply: the default reply after a delay.
	 */
	public static String late(Duration delay) {
		return LATE + delay.toMillis();
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Sends these replies at a step, one in each session, then the default reply again.
	 */
	public void answer(Step step, String... replies) {
		answer(ALL_RECIPIENTS, step, replies);
	}

	/**
	 * Sends these replies in sessions with one recipient, from RCPT on.
	 */
	public void answer(String recipient, Step step, String... replies) {
		this.script.put(step + recipient, new ArrayDeque<>(List.of(replies)));
	}

	/**
	 * Waits until a service that has just started has checked its connection, and forgets
	 * that session.
	 */
	public void awaitConnectionCheck() {
		await().until(() -> this.dialogs.stream().anyMatch((dialog) -> !dialog.commands("QUIT").isEmpty()));
		this.dialogs.clear();
	}

	/**
	 * The sessions so far with this recipient.
	 */
	public List<Dialog> dialogsWith(String recipient) {
		return this.dialogs.stream().filter((dialog) -> dialog.recipient.equals(recipient)).toList();
	}

	/**
	 * All sessions so far.
	 */
	public List<Dialog> dialogs() {
		return List.copyOf(this.dialogs);
	}

	@Override
	public void close() {
		this.closing.countDown();
		try {
			this.socket.close();
			awaitStop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Until the thread that accepts connections has noticed it, a closed socket can still
	 * accept one.
	 */
	private void awaitStop() {
		try {
			this.stopped.await(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void accept() {
		try {
			while (!this.socket.isClosed()) {
				Socket client = this.socket.accept();
				startThread("scripted-smtp-session", () -> serve(client));
			}
		}
		catch (IOException ex) {
			// The socket is closed.
		}
		finally {
			this.stopped.countDown();
		}
	}

	private void serve(Socket client) {
		Dialog dialog = new Dialog();
		this.dialogs.add(dialog);
		try (client;
				BufferedReader in = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
				OutputStream out = client.getOutputStream()) {
			boolean open = send(out, reply(Step.GREETING, dialog, "220 scripted ESMTP"));
			while (open) {
				open = step(in, out, dialog);
			}
		}
		catch (IOException ex) {
			dialog.commands.add("(lost)");
		}
	}

	private boolean step(BufferedReader in, OutputStream out, Dialog dialog) throws IOException {
		String command = in.readLine();
		if (command == null) {
			return false;
		}
		dialog.commands.add(command);
		Step step = Step.of(command);
		if (step == Step.RCPT) {
			dialog.recipient = command.replaceAll(".*<|>.*", "");
		}
		String reply = reply(step, dialog, step.defaultReply);
		boolean open = send(out, reply) && step != Step.QUIT;
		if (step == Step.DATA && reply.startsWith("354")) {
			StringBuilder message = new StringBuilder();
			for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
				message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
			}
			dialog.message = message.toString();
			return send(out, reply(Step.MESSAGE, dialog, Step.MESSAGE.defaultReply));
		}
		return open;
	}

	private String reply(Step step, Dialog dialog, String defaultReply) {
		String scripted = next(step + dialog.recipient);
		String reply = (scripted != null) ? scripted : next(step + ALL_RECIPIENTS);
		if (reply != null && reply.startsWith(LATE)) {
			pause(Long.parseLong(reply.substring(LATE.length())));
			return defaultReply;
		}
		return (reply != null) ? reply : defaultReply;
	}

	private void pause(long millis) {
		try {
			this.closing.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private @Nullable String next(String key) {
		Deque<String> replies = this.script.get(key);
		if (replies == null) {
			return null;
		}
		synchronized (replies) {
			return replies.poll();
		}
	}

	private boolean send(OutputStream out, String reply) throws IOException {
		if (reply.equals(HANG)) {
			try {
				this.closing.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return false;
		}
		if (reply.equals(DROP)) {
			return false;
		}
		out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
		return true;
	}

	private void startThread(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * The steps of a session, with their default replies.
	 */
	public enum Step {

		GREETING("220 scripted ESMTP"), EHLO("250-scripted\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME"),
		AUTH("235 2.7.0 ok"), MAIL("250 2.1.0 ok"), RCPT("250 2.1.5 ok"), DATA("354 go on"),
		MESSAGE("250 2.0.0 queued as 1"), RSET("250 ok"), QUIT("221 bye"), OTHER("502 what?");

		private final String defaultReply;

		Step(String defaultReply) {
			this.defaultReply = defaultReply;
		}

		static Step of(String command) {
			String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
			for (Step step : List.of(EHLO, AUTH, MAIL, RCPT, DATA, RSET, QUIT)) {
				if (step.name().equals(verb)) {
					return step;
				}
			}
			return OTHER;
		}

	}

	/**
	 * One recorded session.
	 */
	public static final class Dialog {

		private final List<String> commands = new CopyOnWriteArrayList<>();

		private volatile String message = "";

		private volatile String recipient = "";

		/**
		 * The received commands that begin with a verb.
		 */
		public List<String> commands(String verb) {
			return this.commands.stream().filter((command) -> command.startsWith(verb)).toList();
		}

		/**
		 * The received message, empty if none was received.
		 */
		public String message() {
			return this.message;
		}

	}

}
