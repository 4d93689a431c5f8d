package dev.latchkey.embedded;

import java.util.function.Function;

import dev.latchkey.shared.StartupException;
import org.jspecify.annotations.Nullable;

/**
 * Forbids the defaults for a single machine on Kubernetes: a pod's disk and memory are
 * lost with the pod, so nothing must be stored there by default.
 */
class NotOnKubernetes {

	private final Function<String, @Nullable String> environment;

	NotOnKubernetes(Function<String, @Nullable String> environment) {
		this.environment = environment;
	}

	/**
	 * Checks that the service does not run on Kubernetes.
	 * @param what the default that would be used
	 * @param setting the setting to configure instead
	 * @throws StartupException if it does
	 */
	void require(String what, String setting) {
		String kubernetes = this.environment.apply("KUBERNETES_SERVICE_HOST");
		if (kubernetes != null && !kubernetes.isEmpty()) {
			throw new StartupException("On Kubernetes there is no " + what
					+ ", because its data would be lost with the pod: set " + setting + ".");
		}
	}

}
