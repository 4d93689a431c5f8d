package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.latchkey.shared.Page;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A long list is read page by page, as fast as the client takes the rows.
 */
class PagedRowsTests {

	private static final Page<String> FIRST = new Page<>(List.of("a", "b"), "2");

	private final List<Page.Request> requests = new ArrayList<>();

	private Mono<Page<String>> read(Page.Request request) {
		this.requests.add(request);
		return Mono.just(page(Objects.requireNonNull(request.cursor())));
	}

	@Test
	void theFirstPageHasNoCursor() {
		assertThat(PagedRows.first()).isEqualTo(new Page.Request(200, null));
	}

	@Test
	void allPagesAreReadInOrder() {
		StepVerifier.create(PagedRows.of(FIRST, this::read).concatMap((page) -> page))
			.expectNext(List.of("a", "b"), List.of("2c", "2d"), List.of("4c", "4d"))
			.verifyComplete();
		assertThat(this.requests).containsExactly(new Page.Request(200, 2L), new Page.Request(200, 4L));
	}

	@Test
	void aSinglePageIsNotFollowedByARead() {
		StepVerifier.create(PagedRows.of(new Page<>(List.of("a"), null), this::read).concatMap((page) -> page))
			.expectNext(List.of("a"))
			.verifyComplete();
		assertThat(this.requests).isEmpty();
	}

	@Test
	void aPageIsReadWhenThePreviousOneWasTaken() {
		StepVerifier.create(PagedRows.of(FIRST, this::read).concatMap((page) -> page, 1), 1)
			.expectNext(List.of("a", "b"))
			.then(() -> assertThat(this.requests).isEmpty())
			.thenRequest(1)
			.expectNext(List.of("2c", "2d"))
			.then(() -> assertThat(this.requests).hasSize(1))
			.thenRequest(1)
			.expectNext(List.of("4c", "4d"))
			.then(() -> assertThat(this.requests).hasSize(2))
			.thenCancel()
			.verify();
	}

	@Test
	void aPageIsReadToItsEndIfTheClientDisconnects() {
		Sinks.One<Page<String>> pending = Sinks.one();
		List<String> completed = new ArrayList<>();
		Disposable client = PagedRows
			.of(FIRST, (request) -> pending.asMono().doOnNext((page) -> completed.addAll(page.items())))
			.concatMap((page) -> page)
			.subscribe();
		assertThat(pending.currentSubscriberCount()).isEqualTo(1);
		client.dispose();
		pending.tryEmitValue(new Page<>(List.of("c"), null));
		assertThat(completed).containsExactly("c");
	}

	@Test
	void anErrorEndsTheList() {
		StepVerifier
			.create(PagedRows.of(FIRST, (request) -> Mono.<Page<String>>error(new IllegalStateException("gone")))
				.concatMap((page) -> page))
			.expectNext(List.of("a", "b"))
			.verifyErrorMessage("gone");
	}

	@Test
	void twoSubscribersReadTheListFromItsStart() {
		var pages = PagedRows.of(FIRST, this::read).concatMap((page) -> page);
		for (int subscriber = 0; subscriber < 2; subscriber++) {
			StepVerifier.create(pages).expectNextCount(3).verifyComplete();
		}
	}

	private static Page<String> page(long cursor) {
		return new Page<>(List.of(cursor + "c", cursor + "d"), (cursor < 4) ? Long.toString(cursor + 2) : null);
	}

}
