package dev.latchkey.mail;

import reactor.core.publisher.Mono;

/**
 * Sends one message.
 */
interface MailSender {

	/**
	 * Makes one attempt. An attempt that exceeds the send timeout cancels itself, so that
	 * it cannot continue in parallel with the next one.
	 * @param gate cancels the attempt as long as the message was not transmitted
	 * @return the outcome; a message that cannot be prepared is to be retried, since a
	 * later version of the template or of a name in it may work
	 */
	Mono<MailOutcome> send(QueuedMail mail, MailMessage message, DeliveryGate gate);

}
