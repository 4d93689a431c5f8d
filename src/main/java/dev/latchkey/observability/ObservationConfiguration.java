package dev.latchkey.observability;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationPredicate;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.security.config.observation.SecurityObservationSettings;

/**
 * Configures what is observed of a request: route, status and time, and nothing that
 * identifies a user. Probes and scrapes are not observed, since they would distort every
 * ratio.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	/**
	 * Spring's own convention without the raw path, which can contain anything.
	 */
	@Bean
	ServerRequestObservationConvention requestObservations() {
		return new DefaultServerRequestObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
				return KeyValues.empty();
			}

		};
	}

	@Bean
	ObservationPredicate noManagementRequests(
			@Value("${management.endpoints.web.base-path:/actuator}") String management) {
		return (name, context) -> {
			ServerHttpRequest request = (context instanceof ServerRequestObservationContext observation)
					? observation.getCarrier() : null;
			return request == null || !request.getPath().value().startsWith(management + "/");
		};
	}

	/**
	 * Observations of about ten security filters per request cost more than their
	 * information is worth.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

}
