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
 * A long list, read page by page. A page is read when the client has taken the previous
 * one, and to its end even if the client has disconnected. A slow client therefore holds
 * one page in memory and no connection to the database.
 */
public final class PagedRows<T> {

	/** The number of items per page. */
	public static final int PAGE_SIZE = 200;

	private final Function<Page.Request, Mono<Page<T>>> read;

	private final AtomicReference<Optional<Page.Request>> next;

	private PagedRows(Page<T> first, Function<Page.Request, Mono<Page<T>>> read) {
		this.read = read;
		this.next = new AtomicReference<>(following(first));
	}

	/**
	 * The request for the first page.
	 */
	public static Page.Request first() {
		return new Page.Request(PAGE_SIZE, null);
	}

	/**
	 * Reads all pages.
	 * @param first the first page, read with the request {@link #first()}
	 * @param read reads another page
	 * @return the pages; subscribe to each after the previous one has completed
	 */
	public static <T> Flux<Mono<List<T>>> of(Page<T> first, Function<Page.Request, Mono<Page<T>>> read) {
		return Flux.defer(() -> {
			PagedRows<T> list = new PagedRows<>(first, read);
			return Flux.concat(Flux.just(Mono.just(first.items())), list.remaining());
		});
	}

	/**
	 * The writer requests several pages ahead, but subscribes to one at a time.
	 */
	private Flux<Mono<List<T>>> remaining() {
		return Flux.generate((sink) -> {
			if (next().isEmpty()) {
				sink.complete();
			}
			else {
				sink.next(Mono.defer(() -> Mono.justOrEmpty(next())).flatMap(this::page));
			}
		});
	}

	private Mono<List<T>> page(Page.Request request) {
		return Uncancellable.of(this.read.apply(request))
			.doOnNext((page) -> this.next.set(following(page)))
			.map(Page::items);
	}

	private Optional<Page.Request> next() {
		return Objects.requireNonNull(this.next.get());
	}

	private static Optional<Page.Request> following(Page<?> page) {
		return Optional.ofNullable(page.next()).map((cursor) -> new Page.Request(PAGE_SIZE, Long.valueOf(cursor)));
	}

}
