package dev.latchkey.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has a fixed list of due mails, and keeps what the relay does with each.
 */
final class StubOutboxStore implements OutboxStore {

	private final List<QueuedMail> due = new ArrayList<>();

	private final Set<UUID> claimedElsewhere = new HashSet<>();

	private final List<String> actions = new ArrayList<>();

	private @Nullable RuntimeException findError;

	private @Nullable RuntimeException completeError;

	private @Nullable Duration delay;

	/**
	 * Adds a due mail.
	 */
	QueuedMail add(String type, int attempt) {
		QueuedMail mail = new QueuedMail(UUID.randomUUID(), UUID.randomUUID(), type, UUID.randomUUID(), 1, attempt);
		this.due.add(mail);
		return mail;
	}

	void claimElsewhere(QueuedMail mail) {
		this.claimedElsewhere.add(mail.id());
	}

	/**
	 * Lets the next search for due mails fail.
	 */
	void failToFindOnce(RuntimeException error) {
		this.findError = error;
	}

	/**
	 * Lets the next deletion of a mail fail.
	 */
	void failToCompleteOnce(RuntimeException error) {
		this.completeError = error;
	}

	List<String> actions() {
		return List.copyOf(this.actions);
	}

	/**
	 * The delay of the last retry or deferral.
	 */
	@Nullable Duration delay() {
		return this.delay;
	}

	@Override
	public Flux<Boolean> wakes() {
		return Flux.never();
	}

	@Override
	public Flux<Due> findDue() {
		return Flux.defer(() -> {
			RuntimeException error = this.findError;
			this.findError = null;
			return (error != null) ? Flux.error(error)
					: Flux.fromIterable(List.copyOf(this.due)).map((mail) -> new Due(mail.shard(), mail.id()));
		});
	}

	@Override
	public Mono<Claim> claim(Due key, Duration leaseDuration) {
		return Flux.fromIterable(List.copyOf(this.due))
			.filter((mail) -> mail.id().equals(key.id()) && !this.claimedElsewhere.contains(mail.id()))
			.next()
			.doOnNext(this.due::remove)
			.map((mail) -> new Claim(mail, UUID.randomUUID(), null));
	}

	@Override
	public Mono<Void> complete(Claim claim) {
		return Mono.defer(() -> {
			RuntimeException error = this.completeError;
			this.completeError = null;
			return (error != null) ? Mono.error(error) : action("complete");
		});
	}

	@Override
	public Mono<Void> retry(Claim claim, Duration wait) {
		return action("retry").doOnSuccess((done) -> this.delay = wait);
	}

	@Override
	public Mono<Void> defer(Claim claim, Duration wait) {
		return action("defer").doOnSuccess((done) -> this.delay = wait);
	}

	@Override
	public Mono<Void> release(Claim claim) {
		return action("release");
	}

	@Override
	public Mono<Void> recordAttempt(QueuedMail mail, MailOutcome outcome) {
		return action("record " + outcome.verdict() + " " + mail.attempt());
	}

	private Mono<Void> action(String name) {
		return Mono.fromRunnable(() -> this.actions.add(name));
	}

}
