package dev.latchkey.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Sends the mails of the outbox: claims what is due, composes it, sends it and records
 * the outcome. Any number of replicas may relay at the same time. Each mail is processed
 * separately, so a mail that always fails delays no other.
 */
class OutboxRelay {

	private static final Logger logger = LoggerFactory.getLogger(OutboxRelay.class);

	private final OutboxStore outbox;

	private final MailboxQuota quota;

	private final MailSender sender;

	private final MailProperties properties;

	private final TransactionalOperator transaction;

	private final MailObservations observations;

	private final Map<String, MailType> types;

	private final TaskFailures searches;

	private final TaskFailures mails;

	private final Sinks.Empty<Void> claimingStopped = Sinks.empty();

	private final Sinks.Empty<Void> attemptsCancelled = Sinks.empty();

	private volatile boolean stopping;

	OutboxRelay(OutboxStore outbox, MailboxQuota quota, MailSender sender, MailProperties properties,
			TransactionalOperator transaction, MailObservations observations, List<MailType> types, Outages outages) {
		this.outbox = outbox;
		this.quota = quota;
		this.sender = sender;
		this.properties = properties;
		this.transaction = transaction;
		this.observations = observations;
		this.types = types.stream().collect(Collectors.toUnmodifiableMap(MailType::name, Function.identity()));
		this.searches = outages.ofRounds("The search for due mails");
		this.mails = outages.ofItems("The relay of a mail, which stays in the outbox,");
	}

	/**
	 * Sends all due mails at each trigger. Up to {@link MailProperties#connections} mails
	 * are in progress at once; a slow one occupies one of these slots and delays nothing
	 * else.
	 * @return the mails that this replica has processed; never fails, and completes after
	 * {@link #stopClaiming} when all claimed mails are completed or released
	 */
	Flux<OutboxStore.Claim> relay(Flux<?> triggers) {
		return triggers.onBackpressureLatest()
			.concatMap((trigger) -> due(), 1)
			.takeUntilOther(this.claimingStopped.asMono())
			.flatMap(this::relayOne, this.properties.connections());
	}

	/**
	 * Claims no further mail, and releases the claimed mails whose attempt has not begun.
	 */
	void stopClaiming() {
		this.stopping = true;
		this.claimingStopped.tryEmitEmpty();
	}

	/**
	 * Cancels all attempts whose message was not transmitted yet and releases their
	 * mails, so that another replica can send them immediately. The other attempts
	 * continue.
	 */
	void cancelAttempts() {
		this.attemptsCancelled.tryEmitEmpty();
	}

	/**
	 * Reads the due mails page by page; the next page is read when all mails of the
	 * previous one were taken.
	 */
	private Flux<OutboxStore.Due> due() {
		AtomicBoolean more = new AtomicBoolean();
		return this.outbox.findDue()
			.collectList()
			.doOnNext((page) -> more.set(page.size() == OutboxStore.PAGE_SIZE))
			.flatMapMany(Flux::fromIterable)
			.repeat(more::get)
			.doOnComplete(this.searches::succeeded)
			.doOnError(this.searches::failed)
			.onErrorComplete();
	}

	private Mono<OutboxStore.Claim> relayOne(OutboxStore.Due due) {
		return this.outbox.claim(due, this.properties.leaseDuration())
			.flatMap((claim) -> this.observations.attempt(claim, process(claim)).thenReturn(claim))
			.doOnSuccess((claim) -> this.mails.succeeded())
			.onErrorResume(OutboxStore.LeaseLostException.class, OutboxRelay::logAndSkip)
			.doOnError((error) -> this.mails.failed(error, "mail " + due.id()))
			.onErrorComplete();
	}

	private Mono<Void> process(OutboxStore.Claim claim) {
		QueuedMail mail = claim.mail();
		MailType type = this.types.get(mail.type());
		if (type == null) {
			return Mono.error(new IllegalStateException("no mail type " + mail.type()));
		}
		if (mail.attempt() > this.properties.maxAttempts()) {
			return settle(claim, type, MailOutcome.retry("The last attempt did not end").asFinal());
		}
		return type.compose(mail)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((composed) -> composed.map((message) -> sendWithinQuota(claim, type, message))
				.orElseGet(() -> this.outbox.complete(claim)));
	}

	private Mono<Void> sendWithinQuota(OutboxStore.Claim claim, MailType type, MailMessage message) {
		if (this.stopping) {
			return this.outbox.release(claim);
		}
		if (type.isLimitedByRequest()) {
			return attempt(claim, type, message);
		}
		return this.quota.tryAcquire(message.to().mailbox())
			.flatMap((excess) -> excess.map((wait) -> this.outbox.defer(claim, withJitter(wait)))
				.orElseGet(() -> attempt(claim, type, message)));
	}

	private Mono<Void> attempt(OutboxStore.Claim claim, MailType type, MailMessage message) {
		DeliveryGate gate = new DeliveryGate();
		Mono<Optional<MailOutcome>> sent = this.observations.smtp(this.sender.send(claim.mail(), message, gate))
			.map((outcome) -> Optional.of(isLast(claim.mail()) ? outcome.asFinal() : outcome));
		Mono<Optional<MailOutcome>> cancelled = this.attemptsCancelled.asMono()
			.then(Mono.defer(() -> gate.cancel() ? Mono.just(Optional.empty()) : Mono.never()));
		return Mono.firstWithSignal(sent, cancelled)
			.flatMap((result) -> result.map((outcome) -> settle(claim, type, outcome))
				.orElseGet(() -> releaseUnsent(claim, message)));
	}

	/**
	 * Gives a mail back for another attempt, which counts it for its mailbox again.
	 */
	private Mono<Void> releaseUnsent(OutboxStore.Claim claim, MailMessage message) {
		return this.quota.release(message.to().mailbox()).then(this.outbox.release(claim));
	}

	private Mono<Void> settle(OutboxStore.Claim claim, MailType type, MailOutcome outcome) {
		QueuedMail mail = claim.mail();
		if (outcome.verdict() == MailOutcome.Verdict.RETRY) {
			Duration delay = withJitter(this.properties.retryDelays().get(mail.attempt() - 1));
			return this.transaction
				.transactional(this.outbox.recordAttempt(mail, outcome).then(this.outbox.retry(claim, delay)));
		}
		boolean sent = outcome.verdict() == MailOutcome.Verdict.SENT;
		Mono<Boolean> statements = type.recordOutcome(mail, sent)
			.flatMap((recorded) -> this.outbox.recordAttempt(mail, outcome)
				.then(this.outbox.complete(claim))
				.thenReturn(recorded));
		return this.transaction.transactional(statements)
			.filter((recorded) -> recorded)
			.doOnNext((recorded) -> type.afterCommit(mail, sent))
			.then();
	}

	private boolean isLast(QueuedMail mail) {
		return mail.attempt() >= this.properties.maxAttempts();
	}

	private static <T> Mono<T> logAndSkip(OutboxStore.LeaseLostException lost) {
		logger.warn("{}", lost.getMessage());
		return Mono.empty();
	}

	/**
	 * Adds up to 20%, so that mails that failed together are not retried together.
	 */
	private static Duration withJitter(Duration delay) {
		return delay.plusMillis((long) (delay.toMillis() * ThreadLocalRandom.current().nextDouble(0.2)));
	}

}
