package dev.latchkey.invitation;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reports the delivery of an invitation's mails: every attempt with the reply of the mail
 * server, and the time of the next attempt.
 */
public interface DeliveryReports {

	Mono<Report> of(Invitation invitation);

	/**
	 * One attempt to deliver a mail.
	 *
	 * @param mail the number of the mail within the invitation, from 1
	 * @param attempt the number of the attempt, from 1
	 * @param code the SMTP reply code, null if no reply was received
	 * @param answer the text of the server's reply or of the error, without addresses
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Attempt(int mail, int attempt, Instant at, String outcome, @Nullable Integer code, String answer) {

	}

	/**
	 * The delivery of all mails of an invitation.
	 *
	 * @param attempts oldest first
	 * @param nextAttemptAt when the newest mail is tried next, null if it is not queued
	 * @param deferred whether the newest mail waits because the mailbox has used up its
	 * quota of mails
	 */
	record Report(List<Attempt> attempts, @Nullable Instant nextAttemptAt, boolean deferred) {

	}

}
