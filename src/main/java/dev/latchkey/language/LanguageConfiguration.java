package dev.latchkey.language;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the languages of user-visible texts.
 */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

	@Bean
	Languages languages() {
		return MessageBundles.read();
	}

}
