package dev.latchkey.language;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires what is said to people.
 */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

	@Bean
	Languages languages() {
		return MessageBundles.read();
	}

}
