package dev.latchkey.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that the service ends although the client could continue: the client reopens
 * them, here or at another replica.
 */
@ServiceTest
class FeedEndTests {

	@Test
	void streamsEndAtTheirMaximumAgeAndAtTheShutdownOfTheirReplicaWithoutDelayingIt() {
		Service service = Service.on(TestDatabase.create()).set("latchkey.feed.max-stream-age", "3s").start();
		boolean closed = false;
		try {
			Owner owner = new TestUsers(service).anOwner();
			List<Watcher> watchers = watchers(owner, 1);
			long opened = System.nanoTime();
			watchers.get(0).awaitEnd(Duration.ofSeconds(5));
			assertThat(since(opened)).isGreaterThan(Duration.ofSeconds(2));
			List<Watcher> crowd = watchers(owner, 50);
			long closing = System.nanoTime();
			service.close();
			closed = true;
			assertThat(since(closing)).isLessThan(Duration.ofSeconds(5));
			crowd.forEach((watcher) -> watcher.awaitEnd(Duration.ofSeconds(1)));
		}
		finally {
			if (!closed) {
				service.close();
			}
		}
	}

	private static List<Watcher> watchers(Owner owner, int count) {
		List<Watcher> watchers = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			watchers.add(owner.client().watch(owner.account(), null));
		}
		watchers.forEach((watcher) -> assertThat(watcher.next().event()).isEqualTo("start"));
		return watchers;
	}

	private static Duration since(long nanos) {
		return Duration.ofNanos(System.nanoTime() - nanos);
	}

}
