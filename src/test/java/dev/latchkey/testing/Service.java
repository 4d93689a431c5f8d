package dev.latchkey.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.latchkey.LatchkeyApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * One running replica of the application, on a real port.
 */
public final class Service implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final int port;

	private Service(ConfigurableApplicationContext context, int port) {
		this.context = context;
		this.port = port;
	}

	/**
	 * Prepares a replica that uses a database.
	 */
	public static Builder on(TestDatabase database) {
		return new Builder().set(database.settings());
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "http://localhost:" + this.port;
	}

	/**
	 * Returns a client that is not signed in.
	 */
	public Client anonymous() {
		return new Client(url() + "/api/v1", null);
	}

	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Returns all beans of a type, in no particular order.
	 */
	public <T> List<T> beans(Class<T> type) {
		return List.copyOf(this.context.getBeansOfType(type).values());
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Returns a free port below the range from which the system assigns ports. An
	 * embedded database that starts in the meantime therefore cannot get it.
	 */
	public static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// The port is in use; try another.
			}
		}
	}

	/**
	 * Collects the settings of a replica. The intervals are short and passwords are
	 * hashed with little work, so that tests are fast.
	 */
	public static final class Builder {

		private final Map<String, String> settings = new LinkedHashMap<>();

		private ApplicationContextInitializer<GenericApplicationContext> replacements = (context) -> {
		};

		private Builder() {
			set("latchkey.links.keys", "1:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=");
			set("latchkey.mail.from", "no-reply@latchkey.test");
			set("latchkey.mail.poll-interval", "500ms");
			set("latchkey.mail.max-mails-per-mailbox", "1000");
			set("latchkey.users.max-requests-per-hour", "100000");
			set("latchkey.users.max-mails-per-hour", "1000");
			set("latchkey.users.max-mails-per-hour-and-source", "1000");
			set("latchkey.sessions.max-attempts-per-source", "100000");
			set("latchkey.database.pool-size", "8");
			set("latchkey.invitations.sweep-interval", "200ms");
			set("management.server.port", "-1");
			set("logging.level.root", "warn");
			replace("passwordEncoder", PasswordEncoder.class, TestUsers.QUICK_ENCODER);
		}

		public Builder set(String name, String value) {
			this.settings.put(name, value);
			return this;
		}

		/**
		 * Removes a setting, so that the value of another source applies.
		 */
		public Builder unset(String name) {
			this.settings.remove(name);
			return this;
		}

		Builder set(Map<String, String> values) {
			this.settings.putAll(values);
			return this;
		}

		/**
		 * Replaces a bean of the application.
		 * @param name the bean name
		 */
		public <T> Builder replace(String name, Class<T> type, T replacement) {
			ApplicationContextInitializer<GenericApplicationContext> previous = this.replacements;
			this.replacements = (context) -> {
				previous.initialize(context);
				context.registerBean(name, type, () -> replacement);
			};
			return set("spring.main.allow-bean-definition-overriding", "true");
		}

		/**
		 * Gives the replica its own event loops. By default all replicas in this process
		 * share them, and the first replica that closes stops them for all.
		 */
		public Builder withOwnEventLoops() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return replace("reactorResourceFactory", ReactorResourceFactory.class, resources);
		}

		/**
		 * Sends e-mail through a mail server of the test.
		 */
		public Builder mailingTo(MailServer server) {
			return set("latchkey.mail.host", "127.0.0.1").set("latchkey.mail.port", Integer.toString(server.port()))
				.set("latchkey.mail.transport", "SMTP");
		}

		public Service start() {
			return start(freePort());
		}

		/**
		 * Starts the replica on a given port, such as the one of an earlier replica.
		 */
		public Service start(int port) {
			FastRing.refuse("the service");
			set("server.port", Integer.toString(port));
			this.settings.putIfAbsent("latchkey.base-url", "http://localhost:" + port);
			String[] arguments = this.settings.entrySet()
				.stream()
				.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
				.toArray(String[]::new);
			return new Service(new SpringApplicationBuilder(LatchkeyApplication.class).initializers(this.replacements)
				.run(arguments), port);
		}

	}

}
