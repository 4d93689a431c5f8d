package dev.latchkey.outage;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.testing.MovableClock;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which failures are one outage, by their causes.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutagesTests {

	private static final String DATABASE = "Access to the database ";

	private static final String POOL = "Waiting for a free connection to the database ";

	private final MovableClock clock = new MovableClock();

	private final Outages outages = new Outages(this.clock::now);

	private final TaskFailures sweep = this.outages.ofRounds("The sweep");

	private final TaskFailures poll = this.outages.ofRounds("The poll");

	@Nested
	class TheDatabase {

		@ParameterizedTest
		@MethodSource("dev.latchkey.outage.OutagesTests#lostDatabase")
		void isOneOutageForAllWork(Throwable error, CapturedOutput output) {
			sweep.failed(error);
			poll.failed(error);
			outages.requestRefused(error);
			assertThat(lines(output)).singleElement().asString().contains(DATABASE + "fails: ");
		}

		@Test
		void worksAgainWithTheFirstRoundThatSucceeds(CapturedOutput output) {
			sweep.failed(refused());
			poll.failed(refused());
			clock.letPass(Duration.ofSeconds(5));
			poll.succeeded();
			sweep.succeeded();
			assertThat(lines(output)).hasSize(2)
				.last()
				.asString()
				.contains(DATABASE + "works again after 5 s (2 background rounds failed)");
		}

		@Test
		void doesNotWorkAgainWithARoundThatHasBegunBeforeTheOutage(CapturedOutput output) {
			sweep.failed(refused());
			poll.succeeded();
			assertThat(lines(output)).hasSize(1);
		}

		@Test
		void doesNotWorkAgainWithARoundThatDoesNotUseIt(CapturedOutput output) {
			sweep.failed(refused());
			clock.letPass(Duration.ofMinutes(1));
			outages.ofRoundsWithoutDatabase("The reload").succeeded();
			assertThat(lines(output)).hasSize(1);
		}

	}

	@Nested
	class ThePool {

		@Test
		void isNotTheDatabase(CapturedOutput output) {
			outages.requestRefused(noFreeConnection());
			assertThat(lines(output)).singleElement()
				.asString()
				.contains(POOL + "fails: io.r2dbc.spi.R2dbcTimeoutException: Connection acquisition timed out");
		}

		@Test
		void isPartOfAnOutageOfTheDatabase(CapturedOutput output) {
			sweep.failed(refused());
			outages.requestRefused(noFreeConnection());
			clock.letPass(Duration.ofSeconds(1));
			sweep.succeeded();
			assertThat(lines(output)).hasSize(2)
				.last()
				.asString()
				.contains(DATABASE + "works again after 1 s (1 request and 1 background round failed)");
		}

		/**
		 * Under overload some work succeeds all the time.
		 */
		@Test
		void worksAgainAfterAMinuteWithoutFailure(CapturedOutput output) {
			outages.requestRefused(noFreeConnection());
			sweep.succeeded();
			clock.letPass(Duration.ofSeconds(59));
			sweep.succeeded();
			assertThat(lines(output)).hasSize(1);
			clock.letPass(Duration.ofSeconds(1));
			sweep.succeeded();
			assertThat(lines(output)).hasSize(2).last().asString().contains(POOL + "works again after 1 min 0 s");
		}

	}

	@Nested
	class OtherFailures {

		@Test
		void areLoggedAtOnceWithTheirStackTraceEvenDuringAnOutage(CapturedOutput output) {
			sweep.failed(refused());
			poll.failed(new NullPointerException("a bug"));
			sweep.failed(new NullPointerException("a bug"));
			assertThat(output).contains("The poll fails: java.lang.NullPointerException: a bug")
				.contains("The sweep fails: java.lang.NullPointerException: a bug")
				.contains("at dev.latchkey.outage.OutagesTests$OtherFailures.");
		}

		@Test
		void areOneOutageForEachCause(CapturedOutput output) {
			for (int round = 0; round < 30; round++) {
				sweep.failed(new NullPointerException("one"));
				sweep.failed(new NullPointerException("two"));
			}
			sweep.succeeded();
			assertThat(lines(output)).hasSize(4);
			assertThat(output).containsOnlyOnce("The sweep fails: java.lang.NullPointerException: one")
				.containsOnlyOnce("The sweep fails: java.lang.NullPointerException: two");
		}

		@Test
		void ofAnOverloadHaveNoStackTrace(CapturedOutput output) {
			outages.requestRefused(new RejectedExecutionException("full"));
			outages.requestRefused(new IllegalStateException("refused"));
			poll.failed(new R2dbcTransientResourceException("deadlock detected", "40P01"));
			assertThat(output)
				.contains(
						"The processing of some requests fails: java.util.concurrent.RejectedExecutionException: full")
				.contains("The poll fails: io.r2dbc.spi.R2dbcTransientResourceException: deadlock detected")
				.doesNotContain("\tat dev.latchkey");
		}

		@Test
		void ofOneItemDoNotEndWithTheSuccessOfAnother(CapturedOutput output) {
			TaskFailures mails = outages.ofItems("A mail");
			mails.failed(new IllegalStateException("no template"), "mail 17");
			mails.succeeded();
			assertThat(lines(output)).singleElement()
				.asString()
				.contains("A mail fails: java.lang.IllegalStateException: no template (mail 17)");
		}

		@Test
		void withManyCausesAreStillLogged(CapturedOutput output) {
			IntStream.range(0, 100).forEach((number) -> sweep.failed(new IllegalStateException("cause " + number)));
			assertThat(lines(output)).hasSize(100);
		}

	}

	static Stream<Throwable> lostDatabase() {
		return Stream.of(refused(),
				new R2dbcNonTransientResourceException("the database system is starting up", "57P03"),
				new DataAccessResourceFailureException("Failed to obtain R2DBC Connection",
						new R2dbcPermissionDeniedException("password authentication failed", "28P01")),
				new R2dbcNonTransientResourceException("Connection unexpectedly closed"),
				new R2dbcException("Connection closed during SSL negotiation", "08006") {
				});
	}

	private static Throwable refused() {
		return new DataAccessResourceFailureException("Failed to obtain R2DBC Connection",
				new R2dbcNonTransientResourceException("Cannot connect", "08003",
						new ConnectException("Connection refused")));
	}

	private static Throwable noFreeConnection() {
		return new DataAccessResourceFailureException("Failed to obtain R2DBC Connection",
				new R2dbcTimeoutException("Connection acquisition timed out after 5000ms"));
	}

	private static List<String> lines(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.matches(".*(WARN|INFO) .* (fails|works again).*"))
			.toList();
	}

}
