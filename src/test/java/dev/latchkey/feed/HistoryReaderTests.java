package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of older events, of which only a few are read at the same time.
 */
class HistoryReaderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final InMemoryEventLog log = FeedFixture.withEvents(250, 1).log();

	private final HistoryReader reader = new HistoryReader(this.log, new FrameEncoder(RouterClient.jsonMapper()), 2);

	@Test
	void aPageHasTheNextHundredEvents() {
		StepVerifier.create(this.reader.after(ACCOUNT, 20, 9)).assertNext((page) -> {
			assertThat(page).hasSize(100);
			assertThat(page.get(0).seq()).isEqualTo(21);
			assertThat(page.get(99).seq()).isEqualTo(120);
			assertThat(new String(page.get(0).bytes(), StandardCharsets.UTF_8)).startsWith("id: 9-21\n");
		}).expectComplete().verify(TIMEOUT);
	}

	@Test
	void aPageAfterTheNewestEventIsEmpty() {
		StepVerifier.create(this.reader.after(ACCOUNT, 250, 9)).expectNext(List.of()).expectComplete().verify(TIMEOUT);
	}

	@Test
	void noMoreThanTheMaximumNumberOfPagesIsReadAtTheSameTime() {
		Sinks.Empty<Void> first = Sinks.empty();
		Sinks.Empty<Void> second = Sinks.empty();
		this.log.delayPages(first.asMono());
		List<Long> received = new ArrayList<>();
		for (int count = 0; count < 5; count++) {
			this.reader.after(ACCOUNT, count, 9).subscribe((page) -> received.add(page.get(0).seq()));
		}
		assertThat(this.log.pagesRead()).isEqualTo(2);
		this.log.delayPages(second.asMono());
		first.tryEmitEmpty();
		assertThat(received).containsExactly(1L, 2L);
		assertThat(this.log.pagesRead()).isEqualTo(4);
		second.tryEmitEmpty();
		assertThat(received).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
		assertThat(this.log.pagesRead()).isEqualTo(5);
	}

	@Test
	void aWatcherThatDoesNotReadOccupiesNoReader() {
		for (int count = 0; count < 3; count++) {
			StepVerifier.create(this.reader.after(ACCOUNT, 0, 9), 0).expectSubscription().thenCancel().verify(TIMEOUT);
		}
		StepVerifier.create(this.reader.after(ACCOUNT, 0, 9)).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

	@Test
	void aReadWhoseWatcherCancelsIsCompletedAndFreesItsReader() {
		Sinks.Empty<Void> arrival = Sinks.empty();
		this.log.delayPages(arrival.asMono());
		Disposable first = this.reader.after(ACCOUNT, 0, 9).subscribe();
		Disposable second = this.reader.after(ACCOUNT, 0, 9).subscribe();
		first.dispose();
		second.dispose();
		List<SseFrame> received = new ArrayList<>();
		this.reader.after(ACCOUNT, 0, 9).subscribe(received::addAll);
		assertThat(this.log.pagesRead()).isEqualTo(2);
		arrival.tryEmitEmpty();
		assertThat(received).hasSize(100);
	}

	@Test
	void aReadThatFailsFreesItsReader() {
		this.log.delayPages(Mono.error(new IllegalStateException("down")));
		for (int count = 0; count < 3; count++) {
			StepVerifier.create(this.reader.after(ACCOUNT, 0, 9)).expectErrorMessage("down").verify(TIMEOUT);
		}
		this.log.delayPages(Mono.empty());
		StepVerifier.create(this.reader.after(ACCOUNT, 0, 9)).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

}
