package dev.latchkey;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.StartupFailure;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells whoever starts the service with a wrong configuration what is wrong, in one line
 * instead of a stack trace. What is not their doing is left to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class OneLineFailures implements SpringBootExceptionReporter {

	@Override
	@SuppressWarnings("SystemOut") // the one line that must be seen whatever the log is
									// set to
	public boolean reportException(Throwable failure) {
		String line = explain(failure);
		if (line != null) {
			System.err.println("Latchkey does not start. " + line);
		}
		return line != null;
	}

	private static @Nullable String explain(Throwable failure) {
		String setting = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof StartupFailure known) {
				return known.getMessage();
			}
			if (cause instanceof BindException binding) {
				setting = binding.getName().toString();
			}
			if (cause instanceof ConfigurationPropertiesBindException binding) {
				setting = binding.getMessage();
			}
			if (cause instanceof BindException || cause instanceof ConfigurationPropertiesBindException) {
				continue;
			}
			if (setting != null && (cause instanceof IllegalArgumentException || cause instanceof DomainException)
					&& cause.getCause() == null) {
				return "Wrong configuration at " + setting + ": " + cause.getMessage() + ".";
			}
			if (cause instanceof PortInUseException taken) {
				return "Port " + taken.getPort() + " is in use: stop what listens on it, or set server.port"
						+ " or management.server.port to another.";
			}
			if (cause instanceof ChannelBindException refused) {
				return "The service can't listen on port " + refused.localPort() + " of " + refused.localHost()
						+ reason(refused) + ": set server.address and server.port to what this machine allows.";
			}
		}
		return (setting != null) ? "Wrong configuration at " + setting + "." : null;
	}

	/**
	 * What the operating system says, without the call it says it of.
	 */
	private static String reason(ChannelBindException refused) {
		String message = (refused.getCause() != null) ? refused.getCause().getMessage() : null;
		return (message != null) ? " (" + message.substring(message.lastIndexOf(": ") + 1).strip() + ")" : "";
	}

}
