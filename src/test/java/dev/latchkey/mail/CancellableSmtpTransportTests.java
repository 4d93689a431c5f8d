package dev.latchkey.mail;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.simplejavamail.api.mailer.config.TransportStrategy;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every transport strategy uses the cancellable transport, and the decision of its gate
 * is final.
 */
class CancellableSmtpTransportTests {

	@ParameterizedTest
	@EnumSource(names = { "SMTP", "SMTP_TLS", "SMTPS" })
	void isTheTransportOfEveryStrategy(TransportStrategy strategy) throws MessagingException {
		Map<String, String> settings = Map.of("latchkey.mail.host", "mail.example.test", "latchkey.mail.from",
				"no-reply@example.test", "latchkey.mail.transport", strategy.name());
		MailProperties properties = new Binder(new MapConfigurationPropertySource(settings))
			.bind("latchkey.mail", MailProperties.class)
			.get();
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try {
			Session session = new MailConfiguration().mailer(properties, Optional.empty(), threads).getSession();
			assertThat(session.getTransport()).isInstanceOf(CancellableSmtpTransport.class);
			assertThat(session.getTransport().getURLName().getProtocol())
				.isEqualTo(strategy == TransportStrategy.SMTPS ? "smtps" : "smtp");
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void aMessageIsEitherCommittedOrCancelled() {
		DeliveryGate committed = new DeliveryGate();
		assertThat(committed.commit()).isTrue();
		assertThat(committed.cancel()).isFalse();
		DeliveryGate cancelled = new DeliveryGate();
		assertThat(cancelled.cancel()).isTrue();
		assertThat(cancelled.commit()).isFalse();
	}

}
