package dev.latchkey.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Empties the outbox: claims what is due, has it composed, sends it and settles it. Any
 * number of replicas may do so at once. Every mail is handled alone, so one that always
 * fails delays no other.
 */
class OutboxRelay {

	private static final Logger logger = LoggerFactory.getLogger(OutboxRelay.class);

	private final Outbox outbox;

	private final MailSender sender;

	private final MailProperties properties;

	private final TransactionalOperator transaction;

	private final MailObservations observations;

	private final Map<String, MailType> topics;

	private final Sinks.Empty<Void> full = Sinks.empty();

	private final Sinks.Empty<Void> late = Sinks.empty();

	private volatile boolean leaving;

	OutboxRelay(Outbox outbox, MailSender sender, MailProperties properties, TransactionalOperator transaction,
			MailObservations observations, List<MailType> topics) {
		this.outbox = outbox;
		this.sender = sender;
		this.properties = properties;
		this.transaction = transaction;
		this.observations = observations;
		this.topics = topics.stream().collect(Collectors.toUnmodifiableMap(MailType::name, Function.identity()));
	}

	/**
	 * Sends whatever is due at each of these moments. As many mails are under way as
	 * there are connections; one that takes long keeps its own and nothing else waits for
	 * it.
	 * @return the mails that this replica took on; never fails, and completes when it
	 * takes on no more and those are settled or handed back
	 */
	Flux<Outbox.Claim> relay(Flux<?> moments) {
		return moments.onBackpressureLatest()
			.concatMap((moment) -> due(), 1)
			.takeUntilOther(this.full.asMono())
			.flatMap(this::relayOne, this.properties.connections());
	}

	/**
	 * Claims no further mail, and hands back those that have not got as far as their
	 * attempt.
	 */
	void takeNoMore() {
		this.leaving = true;
		this.full.tryEmitEmpty();
	}

	/**
	 * Calls off the attempts whose letter was not given to the mail server yet. Another
	 * replica makes them at once; those that were given have to be waited for.
	 */
	void callOff() {
		this.late.tryEmitEmpty();
	}

	/**
	 * Page after page of what is due, each read when the one before has been taken on.
	 */
	private Flux<Outbox.Due> due() {
		AtomicBoolean more = new AtomicBoolean();
		return this.outbox.due()
			.collectList()
			.doOnNext((page) -> more.set(page.size() == Outbox.PAGE))
			.flatMapMany(Flux::fromIterable)
			.repeat(more::get)
			.onErrorResume((error) -> skip("The mail relay skips a round", error));
	}

	private Mono<Outbox.Claim> relayOne(Outbox.Due due) {
		return this.outbox.claim(due, this.properties.leaseDuration())
			.flatMap((claim) -> this.observations.attempt(claim, handle(claim)).thenReturn(claim))
			.onErrorResume(Outbox.LeaseLost.class, (lost) -> skip("Lease lost", lost))
			.onErrorResume((error) -> skip("A mail is left for later", error));
	}

	private Mono<Void> handle(Outbox.Claim claim) {
		QueuedMail order = claim.order();
		MailType type = this.topics.get(order.topic());
		if (type == null) {
			return Mono.error(new IllegalStateException("no topic " + order.topic()));
		}
		if (order.attempt() > this.properties.maxAttempts()) {
			return settle(claim, type, MailOutcome.retry("The last attempt did not end").asFinal());
		}
		return type.compose(order)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((message) -> message.map((written) -> dispatch(claim, type, written))
				.orElseGet(() -> this.outbox.complete(claim)));
	}

	private Mono<Void> dispatch(Outbox.Claim claim, MailType type, MailMessage message) {
		if (this.leaving) {
			return this.outbox.handBack(claim);
		}
		return this.outbox.takePostage(message.to().mailbox(), this.properties.maxMailsPerMailbox())
			.flatMap((wait) -> wait.map((spared) -> this.outbox.defer(claim, jittered(spared)))
				.orElseGet(() -> attempt(claim, type, message)));
	}

	private Mono<Void> attempt(Outbox.Claim claim, MailType type, MailMessage message) {
		DeliveryGate gate = new DeliveryGate();
		Mono<Optional<MailOutcome>> made = this.observations.smtp(this.sender.send(claim.order(), message, gate))
			.map((outcome) -> Optional.of(isLast(claim.order()) ? outcome.asFinal() : outcome));
		Mono<Optional<MailOutcome>> calledOff = this.late.asMono()
			.then(Mono.defer(() -> gate.callOff() ? Mono.just(Optional.empty()) : Mono.never()));
		return Mono.firstWithSignal(made, calledOff)
			.flatMap((known) -> known.map((outcome) -> settle(claim, type, outcome))
				.orElseGet(() -> this.outbox.handBack(claim)));
	}

	private Mono<Void> settle(Outbox.Claim claim, MailType type, MailOutcome outcome) {
		QueuedMail order = claim.order();
		if (outcome.verdict() == MailOutcome.Verdict.RETRY) {
			Duration wait = jittered(this.properties.retryDelays().get(order.attempt() - 1));
			return this.transaction
				.transactional(this.outbox.recordAttempt(order, outcome).then(this.outbox.postpone(claim, wait)));
		}
		boolean sent = outcome.verdict() == MailOutcome.Verdict.SENT;
		Mono<Boolean> rows = type.settled(order, sent)
			.flatMap((news) -> this.outbox.recordAttempt(order, outcome)
				.then(this.outbox.complete(claim))
				.thenReturn(news));
		return this.transaction.transactional(rows)
			.filter((news) -> news)
			.doOnNext((news) -> type.announced(order, sent))
			.then();
	}

	private boolean isLast(QueuedMail order) {
		return order.attempt() >= this.properties.maxAttempts();
	}

	private static <T> Mono<T> skip(String what, Throwable error) {
		logger.warn("{}: {}", what, error.toString());
		return Mono.empty();
	}

	/**
	 * Up to a fifth more, so that what failed together does not come back together.
	 */
	private static Duration jittered(Duration wait) {
		return wait.plusMillis((long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.2)));
	}

}
