package dev.latchkey.session;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.language.MessageBundles;
import dev.latchkey.linktoken.LinkFixture;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.mail.RecordingOutbox;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the mail of a password reset contains when it is sent.
 */
class PasswordResetMailTests {

	private final SessionFixture fixture = new SessionFixture();

	private final PasswordResetMail mail = new PasswordResetMail(this.fixture.resets(), this.fixture.users().users(),
			LinkFixture.links(this.fixture.users().tokens()), MessageBundles.read());

	@Test
	void containsTheLinkInTheLanguageOfTheUser() {
		this.fixture.users().aUser("Ann@example.test");
		String token = this.fixture.resetToken("ann@example.test");
		StepVerifier.create(this.mail.compose(queued())).assertNext((message) -> {
			assertThat(message.to().value()).isEqualTo("Ann@example.test");
			assertThat(message.template()).isEqualTo("password-reset");
			assertThat(message.locale()).isEqualTo(Locale.ENGLISH);
			assertThat(message.subject()).isEqualTo("Set a new password");
			assertThat(message.model()).containsOnlyKeys("link")
				.containsEntry("link", LinkFixture.BASE_URL + "/password-reset#" + token);
		}).verifyComplete();
	}

	@Test
	void isNotSentToAnUnknownAddress() {
		this.fixture.resetToken("nobody@example.test");
		StepVerifier.create(this.mail.compose(queued())).verifyComplete();
	}

	@Test
	void isObsoleteAfterTheLinkWasUsed() {
		this.fixture.users().aUser("ann@example.test");
		String token = this.fixture.resetToken("ann@example.test");
		this.fixture.passwordResetConfirmation().confirm(token, "nine green herons", "192.0.2.1").block();
		StepVerifier.create(this.mail.compose(queued())).verifyComplete();
	}

	@Test
	void isObsoleteAfterTheLinkExpired() {
		this.fixture.users().aUser("ann@example.test");
		this.fixture.resetToken("ann@example.test");
		this.fixture.clock().letPass(Duration.ofHours(1));
		StepVerifier.create(this.mail.compose(queued())).verifyComplete();
	}

	private QueuedMail queued() {
		RecordingOutbox.Mail enqueued = this.fixture.users().outbox().mails().get(0);
		assertThat(enqueued.type()).isEqualTo(this.mail.name());
		return new QueuedMail(enqueued.shard(), UUID.randomUUID(), enqueued.type(), enqueued.subject(),
				enqueued.version(), 1);
	}

}
