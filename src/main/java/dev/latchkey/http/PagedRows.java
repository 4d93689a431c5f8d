package dev.latchkey.http;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.Page;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A list that is too long for a page, read page by page. A page is read when the one
 * before has been taken, and whole even if nobody waits for it any more: a slow reader
 * holds one page in memory and no connection to the database.
 */
public final class PagedRows<T> {

	/** How many items are read at once. */
	public static final int PAGE = 200;

	private final Function<Page.Request, Mono<Page<T>>> read;

	private final AtomicReference<Optional<Page.Request>> next;

	private PagedRows(Page<T> first, Function<Page.Request, Mono<Page<T>>> read) {
		this.read = read;
		this.next = new AtomicReference<>(behind(first));
	}

	/**
	 * The request for the first page.
	 */
	public static Page.Request first() {
		return new Page.Request(PAGE, null);
	}

	/**
	 * All items.
	 * @param first the first page, as it was read by {@link #first()}
	 * @param read reads a further page
	 * @return the pages; subscribe to each when the one before has completed
	 */
	public static <T> Flux<Mono<List<T>>> of(Page<T> first, Function<Page.Request, Mono<Page<T>>> read) {
		return Flux.defer(() -> {
			PagedRows<T> list = new PagedRows<>(first, read);
			return Flux.concat(Flux.just(Mono.just(first.items())), list.rest());
		});
	}

	/**
	 * The writer asks for some pages ahead, but subscribes to one at a time.
	 */
	private Flux<Mono<List<T>>> rest() {
		return Flux.generate((sink) -> {
			if (next().isEmpty()) {
				sink.complete();
			}
			else {
				sink.next(Mono.defer(() -> Mono.justOrEmpty(next())).flatMap(this::page));
			}
		});
	}

	private Mono<List<T>> page(Page.Request wanted) {
		return Uncancellable.of(this.read.apply(wanted))
			.doOnNext((page) -> this.next.set(behind(page)))
			.map(Page::items);
	}

	private Optional<Page.Request> next() {
		return Objects.requireNonNull(this.next.get());
	}

	private static Optional<Page.Request> behind(Page<?> page) {
		return Optional.ofNullable(page.next()).map((cursor) -> new Page.Request(PAGE, Long.valueOf(cursor)));
	}

}
