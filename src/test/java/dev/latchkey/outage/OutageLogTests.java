package dev.latchkey.outage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.latchkey.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an outage is logged, and what the lines say.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageLogTests {

	private final MovableClock clock = new MovableClock();

	private final OutageLog log = new OutageLog("The printer", this.clock::now, Duration.ZERO);

	@Test
	void successesAreNotLogged(CapturedOutput output) {
		this.log.succeeded();
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void theFirstFailureIsLoggedAtOnceWithItsCause(CapturedOutput output) {
		this.log.failed(FailedWork.ROUND, "no paper");
		assertThat(lines(output)).containsExactly("WARN The printer fails: no paper");
	}

	@Test
	void furtherFailuresAreCountedAndLoggedOnceAMinute(CapturedOutput output) {
		for (int second = 0; second <= 120; second++) {
			this.log.failed(FailedWork.ROUND, "no paper");
			this.log.failed(FailedWork.REQUEST, "no ink");
			this.clock.letPass(Duration.ofSeconds(1));
		}
		assertThat(lines(output)).containsExactly("WARN The printer fails: no paper",
				"WARN The printer still fails after 1 min 0 s"
						+ " (60 requests and 60 background rounds since the last line): no paper",
				"WARN The printer still fails after 2 min 0 s"
						+ " (60 requests and 60 background rounds since the last line): no paper");
	}

	@Test
	void theSuccessThatEndsTheOutageIsLoggedOnceWithItsDuration(CapturedOutput output) {
		this.log.failed(FailedWork.MAIL_ATTEMPT, "no paper");
		this.clock.letPass(Duration.ofSeconds(3725));
		this.log.succeeded();
		this.log.succeeded();
		assertThat(lines(output)).containsExactly("WARN The printer fails: no paper",
				"INFO The printer works again after 1 h 2 min (1 attempt failed)");
		assertThat(this.log.isFailing()).isFalse();
	}

	@Test
	void outagesThatFollowEachOtherCauseOneWarningAMinute(CapturedOutput output) {
		for (int second = 0; second < 60; second++) {
			this.log.failed(FailedWork.ROUND, "loose cable");
			this.log.succeeded();
			this.clock.letPass(Duration.ofSeconds(1));
		}
		this.log.failed(FailedWork.ROUND, "loose cable");
		assertThat(lines(output)).containsExactly("WARN The printer fails: loose cable",
				"INFO The printer works again after 0 s (1 background round failed)",
				"WARN The printer fails (60 background rounds since the last line): loose cable");
	}

	@Test
	void aSecondOutageOfTheSameMinuteIsLoggedWhenTheMinuteIsOver(CapturedOutput output) {
		this.log.failed(FailedWork.ROUND, "no paper");
		this.log.succeeded();
		this.clock.letPass(Duration.ofSeconds(20));
		this.log.failed(FailedWork.ROUND, "no ink");
		assertThat(lines(output)).hasSize(2);
		this.clock.letPass(Duration.ofSeconds(40));
		this.log.failed(FailedWork.ROUND, "no ink");
		this.log.succeeded();
		assertThat(lines(output).subList(2, 4)).containsExactly(
				"WARN The printer still fails after 40 s (2 background rounds since the last line): no ink",
				"INFO The printer works again after 40 s (2 background rounds failed)");
	}

	@Test
	void aSuccessEndsAnOutageOnlyAfterTheQuietTime(CapturedOutput output) {
		OutageLog quiet = new OutageLog("The printer", this.clock::now, Duration.ofSeconds(10));
		quiet.failed(FailedWork.ROUND, "no paper");
		this.clock.letPass(Duration.ofMillis(9999));
		quiet.succeeded();
		assertThat(quiet.isFailing()).isTrue();
		this.clock.letPass(Duration.ofMillis(1));
		quiet.succeeded();
		assertThat(lines(output)).last()
			.isEqualTo("INFO The printer works again after 10 s (1 background round failed)");
	}

	@Test
	void theStackTraceIsLoggedIfThereIsOne(CapturedOutput output) {
		this.log.failed(FailedWork.ROUND, "a bug", new IllegalStateException("here"));
		assertThat(output).contains("java.lang.IllegalStateException: here",
				"at dev.latchkey.outage.OutageLogTests.theStackTraceIsLoggedIfThereIsOne");
	}

	@Test
	void failuresOfManyThreadsAreOneLineAndAllCounted(CapturedOutput output) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		CountDownLatch done = new CountDownLatch(1000);
		IntStream.range(0, 1000).forEach((number) -> threads.execute(() -> {
			this.log.failed(FailedWork.REQUEST, "no paper");
			done.countDown();
		}));
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		threads.shutdown();
		this.log.succeeded();
		assertThat(lines(output)).containsExactly("WARN The printer fails: no paper",
				"INFO The printer works again after 0 s (1000 requests failed)");
	}

	private static List<String> lines(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("The printer"))
			.map((line) -> line.replaceAll(".*(WARN|INFO) .*?(The printer.*)", "$1 $2"))
			.toList();
	}

}
