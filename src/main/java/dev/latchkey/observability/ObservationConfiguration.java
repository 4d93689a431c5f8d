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
 * What is observed of a request: its route, its status and its time, and nothing that
 * tells whose it was. Probes and scrapes are left out, or they would dilute every ratio.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	/**
	 * Spring's own, without the path as it came: anything can stand in that.
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
	ObservationPredicate noManagement(@Value("${management.endpoints.web.base-path:/actuator}") String management) {
		return (name, context) -> {
			ServerHttpRequest request = (context instanceof ServerRequestObservationContext observed)
					? observed.getCarrier() : null;
			return request == null || !request.getPath().value().startsWith(management + "/");
		};
	}

	/**
	 * A dozen timers and spans around filters in each request would cost more than they
	 * tell.
	 */
	@Bean
	SecurityObservationSettings noSecurityFilters() {
		return SecurityObservationSettings.noObservations();
	}

}
