package dev.latchkey;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.latchkey.shared.StartupException;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a failed start in one line instead of a stack trace if the configuration is the
 * cause. Spring Boot reports all other failures.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartupFailureReporter implements SpringBootExceptionReporter {

	@Override
	@SuppressWarnings("SystemOut") // must be visible at every log level
	public boolean reportException(Throwable failure) {
		String line = explain(failure);
		if (line != null) {
			System.err.println("Latchkey does not start. " + line);
		}
		return line != null;
	}

	private static @Nullable String explain(Throwable failure) {
		List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
		return first(causes, StartupException.class).map(Throwable::getMessage)
			.or(() -> first(causes, PortInUseException.class).map(StartupFailureReporter::portInUse))
			.or(() -> first(causes, ChannelBindException.class).map(StartupFailureReporter::addressNotAvailable))
			.or(() -> first(causes, BindException.class).map((ex) -> invalidSetting(ex, causes)))
			.orElse(null);
	}

	private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> type) {
		return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
	}

	private static String portInUse(PortInUseException ex) {
		return "Port " + ex.getPort() + " is in use: stop the program that listens on it, or set server.port"
				+ " or management.server.port to another port.";
	}

	private static String addressNotAvailable(ChannelBindException ex) {
		return "The service can't listen on port " + ex.localPort() + " of " + ex.localHost() + reason(ex)
				+ ": set server.address and server.port to what this machine allows.";
	}

	/**
	 * A value that cannot be converted to the type of its setting. The root cause has the
	 * reason.
	 */
	private static String invalidSetting(BindException ex, List<Throwable> causes) {
		Throwable root = causes.get(causes.size() - 1);
		String reason = (root instanceof IllegalArgumentException) ? ": " + root.getMessage() : "";
		return "Wrong configuration at " + ex.getName() + reason + ".";
	}

	/**
	 * The message of the operating system, without the name of the system call.
	 */
	private static String reason(ChannelBindException ex) {
		String message = (ex.getCause() != null) ? ex.getCause().getMessage() : null;
		return (message != null) ? " (" + message.substring(message.lastIndexOf(": ") + 1).strip() + ")" : "";
	}

}
