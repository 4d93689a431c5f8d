package dev.latchkey.embedded;

import java.util.function.Function;

import dev.latchkey.shared.StartupException;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the defaults for one machine are in place: on Kubernetes a pod's disk and
 * memory vanish with it, so nothing is kept there by default.
 */
class NotOnKubernetes {

	private final Function<String, @Nullable String> environment;

	NotOnKubernetes(Function<String, @Nullable String> environment) {
		this.environment = environment;
	}

	/**
	 * Refuses to go on where pods come and go.
	 * @param what the default that was about to be used
	 * @param setting what to configure instead
	 */
	void require(String what, String setting) {
		String kubernetes = this.environment.apply("KUBERNETES_SERVICE_HOST");
		if (kubernetes != null && !kubernetes.isEmpty()) {
			throw new StartupException(
					"On Kubernetes there is no " + what + ", it would vanish with the pod: set " + setting + ".");
		}
	}

}
