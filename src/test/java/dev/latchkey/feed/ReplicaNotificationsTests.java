package dev.latchkey.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.shared.AccountId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static dev.latchkey.feed.FeedFixture.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exchange of notifications, in virtual time and over connections to no server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReplicaNotificationsTests {

	private static final AccountId OTHER = new AccountId(new UUID(1, 2));

	/** Longer than any wait before a further attempt to connect. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(8);

	private final FeedFixture fixture = FeedFixture.withEvents(0, 8);

	private final FakeConnections connections = new FakeConnections();

	private final ReplicaNotifications notifications = new ReplicaNotifications(this.connections, this.fixture.tails(),
			this.fixture.outages());

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTheTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void resumeTheTime() {
		VirtualTimeScheduler.reset();
	}

	@Nested
	class Sending {

		@Test
		void announcesAnAccountToTheOtherReplicas() {
			Disposable exchange = notifications.exchange().subscribe();
			notifications.send(ACCOUNT);
			assertThat(connections.current().payloads()).containsExactly(ACCOUNT.toString());
			notifications.send(ACCOUNT);
			assertThat(connections.current().payloads()).containsExactly(ACCOUNT.toString(), ACCOUNT.toString());
			exchange.dispose();
		}

		@Test
		void collectsTheAccountsThatAreAddedMeanwhile() {
			Sinks.One<Long> response = Sinks.one();
			connections.respond((sql) -> sql.contains("pg_notify") ? response.asMono() : Mono.just(1L));
			Disposable exchange = notifications.exchange().subscribe();
			notifications.send(ACCOUNT);
			notifications.send(OTHER);
			notifications.send(ACCOUNT);
			notifications.send(OTHER);
			assertThat(connections.current().payloads()).hasSize(1);
			response.tryEmitValue(1L);
			assertThat(connections.current().payloads()).hasSize(2);
			assertThat(connections.current().payloads().get(1).split(",")).containsExactlyInAnyOrder(ACCOUNT.toString(),
					OTHER.toString());
			exchange.dispose();
		}

		@Test
		void announcesWhatWasAddedBeforeThereWasAConnectionInPayloadsOfLimitedLength() {
			List<AccountId> accounts = IntStream.rangeClosed(1, 400)
				.mapToObj((number) -> new AccountId(new UUID(3, number)))
				.toList();
			accounts.forEach(notifications::send);
			Disposable exchange = notifications.exchange().subscribe();
			List<String> payloads = connections.current().payloads();
			assertThat(payloads).hasSize(3).allSatisfy((payload) -> assertThat(payload.length()).isLessThan(8000));
			assertThat(payloads.stream().flatMap((payload) -> Stream.of(payload.split(","))))
				.containsExactlyInAnyOrderElementsOf(accounts.stream().map(AccountId::toString).toList());
			exchange.dispose();
		}

	}

	@Nested
	class Receiving {

		@Test
		void wakesTheTailsOfTheAnnouncedAccounts() {
			AccountTail tail = watch();
			Disposable exchange = notifications.exchange().subscribe();
			fixture.log().append(ACCOUNT, 1);
			connections.current().receive(OTHER + "," + ACCOUNT);
			assertThat(tail.head()).isEqualTo(1);
			exchange.dispose();
		}

		@Test
		void wakesNoTailOfAnotherAccount() {
			AccountTail tail = watch();
			Disposable exchange = notifications.exchange().subscribe();
			fixture.log().append(ACCOUNT, 1);
			connections.current().receive(OTHER.toString());
			connections.current().receive(null);
			assertThat(tail.head()).isZero();
			assertThat(connections.opened()).hasSize(1);
			exchange.dispose();
		}

		@Test
		void ofATextThatIsNotAnAccountConnectsAgain() {
			Disposable exchange = notifications.exchange().subscribe();
			connections.current().receive("nonsense");
			time.advanceTimeBy(MAX_WAIT);
			assertThat(connections.opened()).hasSize(2);
			assertThat(connections.opened().get(0).isClosed()).isTrue();
			exchange.dispose();
		}

	}

	@Nested
	class Connecting {

		@Test
		void listensAndThenMakesAllTailsReadOn() {
			AccountTail tail = watch();
			fixture.log().append(ACCOUNT, 1);
			Disposable exchange = notifications.exchange().subscribe();
			assertThat(connections.current().statements()).containsExactly("listen latchkey_feed");
			assertThat(tail.head()).isEqualTo(1);
			exchange.dispose();
		}

		@Test
		void happensAgainWhenTheServerClosesTheConnection(CapturedOutput output) {
			AccountTail tail = watch();
			Disposable exchange = notifications.exchange().subscribe();
			FakeConnections.FakeConnection first = connections.current();
			first.end();
			assertThat(output).contains(
					"Access to the database fails: io.r2dbc.spi.R2dbcNonTransientResourceException: The server has closed"
							+ " the connection for notifications");
			assertThat(first.isClosed()).isTrue();
			fixture.log().append(ACCOUNT, 1);
			notifications.send(ACCOUNT);
			time.advanceTimeBy(Duration.ofMillis(300));
			assertThat(connections.opened()).hasSize(2);
			assertThat(tail.head()).isEqualTo(1);
			assertThat(connections.current().payloads()).containsExactly(ACCOUNT.toString());
			exchange.dispose();
		}

		@Test
		void isTriedAgainUntilItSucceeds() {
			connections.refuse(new IllegalStateException("no server"));
			Disposable exchange = notifications.exchange().subscribe();
			time.advanceTimeBy(Duration.ofMinutes(5));
			assertThat(connections.opened()).isEmpty();
			connections.refuse(null);
			time.advanceTimeBy(MAX_WAIT);
			assertThat(connections.opened()).hasSize(1);
			exchange.dispose();
		}

		@Test
		void beginsWithAShortWaitAgainAfterItHasSucceeded() {
			connections.refuse(new IllegalStateException("no server"));
			Disposable exchange = notifications.exchange().subscribe();
			time.advanceTimeBy(Duration.ofMinutes(5));
			connections.refuse(null);
			time.advanceTimeBy(MAX_WAIT);
			connections.current().end();
			time.advanceTimeBy(Duration.ofMillis(300));
			assertThat(connections.opened()).hasSize(2);
			exchange.dispose();
		}

		@ParameterizedTest
		@ValueSource(strings = { "listen latchkey_feed", "select pg_notify($1, $2)", "select 1" })
		void happensAgainWhenAStatementFails(String statement) {
			connections.respond(
					(sql) -> sql.equals(statement) ? Mono.error(new IllegalStateException("reset")) : Mono.just(1L));
			notifications.send(ACCOUNT);
			Disposable exchange = notifications.exchange().subscribe();
			time.advanceTimeBy(Duration.ofSeconds(2));
			connections.respond((sql) -> Mono.just(1L));
			time.advanceTimeBy(MAX_WAIT);
			assertThat(connections.opened()).hasSizeGreaterThan(1);
			assertThat(connections.opened().get(0).isClosed()).isTrue();
			assertThat(connections.current().isClosed()).isFalse();
			exchange.dispose();
		}

		@Test
		void happensAgainWhenAHeartbeatHasNoResponseForFiveSeconds(CapturedOutput output) {
			Disposable exchange = notifications.exchange().subscribe();
			time.advanceTimeBy(Duration.ofSeconds(2));
			assertThat(connections.current().statements()).endsWith("select 1");
			connections.respond((sql) -> sql.equals("select 1") ? Mono.never() : Mono.just(1L));
			time.advanceTimeBy(Duration.ofMillis(6900));
			assertThat(connections.opened()).hasSize(1);
			time.advanceTimeBy(Duration.ofMillis(500));
			assertThat(connections.opened()).hasSize(2);
			assertThat(output).contains("Access to the database fails: ",
					"No response on the connection for notifications");
			exchange.dispose();
		}

	}

	@Test
	void cancellingClosesTheConnection() {
		Disposable exchange = this.notifications.exchange().subscribe();
		exchange.dispose();
		assertThat(this.connections.current().isClosed()).isTrue();
		this.time.advanceTimeBy(MAX_WAIT);
		assertThat(this.connections.opened()).hasSize(1);
	}

	private AccountTail watch() {
		return this.fixture.tails().join(new EventLog.Head(ACCOUNT, 0, OWNER, Instant.EPOCH));
	}

}
