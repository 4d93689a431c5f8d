package dev.latchkey.mail;

import dev.latchkey.outage.OutageLog;
import dev.latchkey.reactive.BackgroundWork;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Connects to the mail server once at the start, with TLS and authentication but without
 * a mail, so that a wrong setting is in the log before the first mail fails. Does not
 * delay the start and never prevents it.
 */
class MailServerCheck extends BackgroundWork {

	private final Session session;

	private final MailProperties properties;

	private final Scheduler scheduler;

	private final OutageLog serverLog;

	MailServerCheck(Session session, MailProperties properties, Scheduler scheduler, OutageLog serverLog) {
		this.session = session;
		this.properties = properties;
		this.scheduler = scheduler;
		this.serverLog = serverLog;
	}

	@Override
	protected Mono<MailServerState> work() {
		return this.properties.usesLocalMailbox() ? Mono.empty() : check();
	}

	Mono<MailServerState> check() {
		return Mono.fromCallable(this::connect)
			.subscribeOn(this.scheduler)
			.timeout(this.properties.sendTimeout(), Mono.just(MailServerState.failing(MailServerState.TIMEOUT)))
			.doOnNext((state) -> state.recordIn(this.serverLog));
	}

	private MailServerState connect() {
		try (Transport transport = this.session.getTransport()) {
			transport.connect();
			return MailServerState.WORKING;
		}
		catch (MessagingException ex) {
			return MailServerState.of(ex);
		}
	}

}
