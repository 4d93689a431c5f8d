package dev.latchkey.mail;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The settings of mail and their defaults.
 */
class MailPropertiesTests {

	@Test
	void withoutAHostUseTheLocalMailbox() {
		MailProperties properties = bind(Map.of("host", " ", "username", "", "reply-to", ""));
		assertThat(properties.usesLocalMailbox()).isTrue();
		assertThat(properties.username()).isNull();
		assertThat(properties.replyTo()).isNull();
		assertThat(properties.from()).isEqualTo("no-reply@localhost.localdomain");
	}

	@Test
	void haveOneAttemptMoreThanDelays() {
		assertThat(bind(Map.of()).maxAttempts()).isEqualTo(8);
		assertThat(bind(Map.of("retry-delays", "1s")).maxAttempts()).isEqualTo(2);
	}

	@Test
	void takeTheDomainOfMessageIdsFromTheSender() {
		MailProperties properties = bind(Map.of("host", "mail.example.test", "from", "no-reply@portal.example.test"));
		assertThat(properties.usesLocalMailbox()).isFalse();
		assertThat(properties.senderDomain()).isEqualTo("portal.example.test");
	}

	@Test
	void useTheAsciiFormOfAnInternationalDomain() {
		MailProperties properties = bind(
				Map.of("from", " Post@ex\u00e4mple.org", "reply-to", "help@ex\u00e4mple.org\u00a0"));
		assertThat(properties.from()).isEqualTo("Post@xn--exmple-cua.org");
		assertThat(properties.replyTo()).isEqualTo("help@xn--exmple-cua.org");
		assertThat(properties.senderDomain()).isEqualTo("xn--exmple-cua.org");
	}

	@Test
	void withAHostNeedASender() {
		assertRefused(Map.of("host", "mail.example.test"), "latchkey.mail.from is required to send e-mail.");
	}

	@ParameterizedTest
	@CsvSource({ "port, 0, latchkey.mail.port must ", "port, 65536, latchkey.mail.port must ",
			"connections, 65, latchkey.mail.connections must ",
			"send-timeout, 60s, latchkey.mail.send-timeout must be shorter than latchkey.mail.lease-duration.",
			"from, nobody, latchkey.mail.from must be an e-mail address.",
			"reply-to, nobody, latchkey.mail.reply-to must be an e-mail address." })
	void outOfBoundsAreRefused(String name, String value, String message) {
		assertRefused(Map.of(name, value), message);
	}

	private static void assertRefused(Map<String, String> settings, String message) {
		assertThatThrownBy(() -> bind(settings)).isInstanceOf(BindException.class).hasStackTraceContaining(message);
	}

	private static MailProperties bind(Map<String, String> settings) {
		Map<String, String> named = new HashMap<>();
		settings.forEach((name, value) -> named.put("latchkey.mail." + name, value));
		return new Binder(new MapConfigurationPropertySource(named)).bindOrCreate("latchkey.mail",
				MailProperties.class);
	}

}
