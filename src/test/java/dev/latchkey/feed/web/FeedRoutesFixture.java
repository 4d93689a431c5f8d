package dev.latchkey.feed.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.feed.FeedFixture;
import dev.latchkey.feed.FeedProperties;
import dev.latchkey.feed.InMemoryEventLog;
import dev.latchkey.session.Caller;
import dev.latchkey.session.SessionEndingsFixture;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shutdown.ShutdownSignal;
import dev.latchkey.testing.RouterClient;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of the feed over an event log in memory.
 */
class FeedRoutesFixture {

	static final String PATH = "/api/v1/accounts/" + FeedFixture.ACCOUNT + "/events";

	static final Duration SESSION_REMAINING = Duration.ofHours(12);

	private static final UserId MEMBER = new UserId(new UUID(2, 8));

	private static final UserId STRANGER = new UserId(new UUID(2, 9));

	private final FeedFixture feed;

	private final FakeFeedAccess access = new FakeFeedAccess(FeedFixture.ACCOUNT, FeedFixture.OWNER,
			Map.of(MEMBER, ProblemCode.OWNER_ONLY));

	private final SessionEndingsFixture sessions = new SessionEndingsFixture();

	private final ShutdownSignal shutdown = new ShutdownSignal();

	private final FeedProperties properties = new FeedProperties(Duration.ofSeconds(15), Duration.ofSeconds(2),
			Duration.ofMinutes(30), 256, 4, Duration.ofSeconds(2));

	FeedRoutesFixture(int events) {
		this.feed = FeedFixture.withEvents(events, this.properties.bufferSize());
	}

	/**
	 * A client that is signed in as the owner of the account.
	 */
	WebTestClient owner() {
		return client(owner(SESSION_REMAINING));
	}

	/**
	 * A client that is signed in as a member who is not the owner.
	 */
	WebTestClient member() {
		return client(caller(MEMBER, SESSION_REMAINING));
	}

	/**
	 * A client that is signed in as a user who is not a member.
	 */
	WebTestClient stranger() {
		return client(caller(STRANGER, SESSION_REMAINING));
	}

	WebTestClient anonymous() {
		return RouterClient.of(routes()).build();
	}

	EventStreamHandler streamHandler() {
		return new EventStreamHandler(this.feed.feed(), this.access, this.sessions.endings(), this.shutdown,
				this.properties);
	}

	/**
	 * The owner of the account, as the caller of a request.
	 * @param remaining the time until the session ends
	 */
	static Caller owner(Duration remaining) {
		return caller(FeedFixture.OWNER, remaining);
	}

	void endSession(Caller caller) {
		this.sessions.end(caller.session());
	}

	FeedFixture feed() {
		return this.feed;
	}

	InMemoryEventLog log() {
		return this.feed.log();
	}

	FakeFeedAccess access() {
		return this.access;
	}

	ShutdownSignal shutdown() {
		return this.shutdown;
	}

	private WebTestClient client(Caller caller) {
		return RouterClient.of(routes()).signedInAs(caller).build();
	}

	private RouterFunction<ServerResponse> routes() {
		return new FeedRoutes().eventRoutes(this.feed.feed(), this.feed.log(), this.access, this.sessions.endings(),
				this.shutdown, this.properties, RouterClient.listStreams());
	}

	private static Caller caller(UserId user, Duration remaining) {
		return new Caller(user, new SessionId(new UUID(4, user.value().getLeastSignificantBits())),
				EmailAddress.of("ann@example.org"), "Ann", Instant.parse("2026-05-05T00:00:00Z"), remaining);
	}

}
