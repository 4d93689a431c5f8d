package dev.latchkey.problem;

import java.util.List;

import dev.latchkey.language.Languages;
import dev.latchkey.outage.Outages;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Wires the rendering of errors.
 */
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {

	@Bean
	ProblemRenderer problems(JsonMapper json, Languages languages, Outages outages) {
		return new ProblemRenderer(json, languages, outages);
	}

	@Bean
	ProblemFilter problemFilter(List<WebExceptionHandler> handlers) {
		return new ProblemFilter(handlers);
	}

}
