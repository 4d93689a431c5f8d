package dev.latchkey.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event log in memory. It starts empty, and a test writes to it.
 */
public class InMemoryEventLog implements EventLog {

	/** The epoch of a new log. */
	public static final long EPOCH = 7;

	private static final Instant READ_AT = Instant.parse("2026-05-04T12:00:00Z");

	private final Map<AccountId, Log> logs = new ConcurrentHashMap<>();

	private final AtomicInteger pagesRead = new AtomicInteger();

	private volatile Mono<Void> delay = Mono.empty();

	private volatile long epoch = EPOCH;

	public void createAccount(AccountId account, UserId owner) {
		this.logs.put(account, new Log(owner, 0, List.of()));
	}

	/**
	 * Appends an event with the account's next number.
	 */
	public void append(AccountId account, EventType type) {
		append(account, type, null);
	}

	/**
	 * Appends events with the account's next numbers.
	 */
	public void append(AccountId account, int count) {
		for (int index = 0; index < count; index++) {
			append(account, EventType.MEMBER_LEFT);
		}
	}

	public void append(AccountId account, EventType type, @Nullable InvitationId invitation) {
		this.logs.computeIfPresent(account, (id, log) -> log.with(type, invitation));
	}

	/**
	 * Deletes the events before a number.
	 */
	public void purgeBefore(AccountId account, long seq) {
		this.logs.computeIfPresent(account, (id, log) -> new Log(log.owner(), log.seq(),
				log.events().stream().filter((event) -> event.seq() >= seq).toList()));
	}

	public void changeOwner(AccountId account, UserId owner) {
		this.logs.computeIfPresent(account, (id, log) -> new Log(owner, log.seq(), log.events()));
	}

	public void changeEpoch(long changed) {
		this.epoch = changed;
	}

	/**
	 * Delays pages of events, which contain what the log has at the time of their
	 * subscription.
	 * @param until completes when a page arrives; an error is the result of the page
	 */
	public void delayPages(Mono<Void> until) {
		this.delay = until;
	}

	/**
	 * The number of pages that {@link #after} has read.
	 */
	public int pagesRead() {
		return this.pagesRead.get();
	}

	@Override
	public Flux<AccountEvent> after(AccountId account, long seq, int limit) {
		return Flux.defer(() -> {
			this.pagesRead.incrementAndGet();
			List<AccountEvent> page = events(account, (event) -> event.seq() > seq);
			return this.delay.thenMany(Flux.fromIterable(page).take(limit));
		});
	}

	@Override
	public Mono<Long> oldest(AccountId account) {
		return Mono.defer(
				() -> Mono.justOrEmpty(events(account, (event) -> true).stream().map(AccountEvent::seq).findFirst()));
	}

	@Override
	public Flux<AccountEvent> before(AccountId account, long seq, @Nullable EventType type, int limit) {
		return Flux
			.defer(() -> Flux.fromIterable(events(account,
					(event) -> event.seq() < seq && (type == null || event.type().equals(type.wireName())))))
			.sort(Comparator.comparing(AccountEvent::seq).reversed())
			.take(limit);
	}

	@Override
	public Flux<AccountEvent> of(AccountId account, InvitationId invitation) {
		return Flux.defer(() -> Flux.fromIterable(events(account, (event) -> {
			AccountEvent.InvitationRef reference = event.invitation();
			return reference != null && reference.id().equals(invitation.value());
		})));
	}

	@Override
	public Mono<Head> head(AccountId account) {
		return heads(List.of(account)).next();
	}

	@Override
	public Flux<Head> heads(Collection<AccountId> accounts) {
		return Flux.defer(() -> Flux.fromIterable(List.copyOf(accounts)))
			.flatMap((account) -> Mono.justOrEmpty(Optional.ofNullable(this.logs.get(account))
				.map((log) -> new Head(account, log.seq(), log.owner(), READ_AT))));
	}

	@Override
	public Mono<Long> epoch() {
		return Mono.fromSupplier(() -> this.epoch);
	}

	private List<AccountEvent> events(AccountId account, Predicate<AccountEvent> filter) {
		Log log = this.logs.get(account);
		return (log == null) ? List.of() : log.events().stream().filter(filter).toList();
	}

	/**
	 * The state of one account.
	 *
	 * @param seq the number of the newest event, 0 if there was none yet
	 * @param events the stored events, oldest first
	 */
	private record Log(UserId owner, long seq, List<AccountEvent> events) {

		Log with(EventType type, @Nullable InvitationId invitation) {
			List<AccountEvent> extended = new ArrayList<>(this.events);
			extended.add(
					new AccountEvent(this.seq + 1, type.wireName(), READ_AT.minusMillis(40),
							new AccountEvent.Actor(ActorKind.SYSTEM, null, null), (invitation != null)
									? new AccountEvent.InvitationRef(invitation.value(), null, null) : null,
							null, null, null, null));
			return new Log(this.owner, this.seq + 1, extended);
		}

	}

}
