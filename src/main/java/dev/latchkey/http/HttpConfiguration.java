package dev.latchkey.http;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires what the {@code web} packages of all modules share.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

	@Bean
	Ndjson ndjson(JsonMapper json) {
		return new Ndjson(json);
	}

	@Bean
	ListStreams listStreams(Ndjson json) {
		return new ListStreams(json);
	}

}
