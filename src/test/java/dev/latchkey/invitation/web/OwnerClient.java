package dev.latchkey.invitation.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.feed.AccountEvent;
import dev.latchkey.feed.ActorKind;
import dev.latchkey.invitation.DeliveryReports;
import dev.latchkey.invitation.DeliveryReports.Report;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationBuilder;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.session.EndableSession;
import dev.latchkey.shared.UserId;
import dev.latchkey.shutdown.ShutdownSignal;
import dev.latchkey.testing.RouterClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Clients of the owner's routes of invitations, above services without a database.
 */
final class OwnerClient {

	/** The path of the account's invitations. */
	static final String INVITATIONS = "/api/v1/accounts/" + InvitationBuilder.ACCOUNT + "/invitations";

	final TestInvitations invitations = new TestInvitations();

	final List<AccountEvent> events = new ArrayList<>();

	final ShutdownSignal shutdown = new ShutdownSignal();

	final EndableSession session = new EndableSession(InvitationBuilder.OWNER, "ann@example.com", "Ann");

	Report report = new Report(List.of(), null, false);

	/**
	 * A client that is signed in as the owner of the account.
	 */
	WebTestClient owner() {
		return client().signedInAs(this.session.caller()).build();
	}

	WebTestClient signedInAs(UserId user) {
		return client().signedInAs(new EndableSession(user, "lee@example.com", "Lee").caller()).build();
	}

	WebTestClient anonymous() {
		return client().build();
	}

	private RouterClient client() {
		return RouterClient.of(streams(), endpoints())
			.filter((exchange, chain) -> chain.filter(exchange)
				.doOnError((error) -> copyValues(exchange.getResponse().getHeaders())));
	}

	/**
	 * A streaming response that fails at once has set headers already. The HTTP server
	 * has copied their values, but the response of the tests shares unmodifiable lists
	 * with it, to which the problem cannot add values.
	 */
	private static void copyValues(HttpHeaders headers) {
		headers.headerNames().forEach((name) -> headers.put(name, new ArrayList<>(headers.getOrEmpty(name))));
	}

	private RouterFunction<ServerResponse> endpoints() {
		DeliveryReports deliveries = (invitation) -> Mono.just(this.report);
		return InvitationRoutes.ownerRoutes(
				new InvitationHandler(this.invitations.invitations(), this.invitations.queries(),
						RouterClient.languages()),
				new InvitationDetailHandler(this.invitations.invitations(), deliveries,
						(account, id) -> Flux.fromIterable(this.events)));
	}

	private RouterFunction<ServerResponse> streams() {
		return new InvitationRoutes().invitationStreams(this.invitations.bulk(), this.invitations.queries(),
				this.session.endings(), this.shutdown, RouterClient.ndjson(), RouterClient.listStreams(),
				TestInvitations.PROPERTIES, RouterClient.languages());
	}

	/**
	 * The JSON of a default invitation of {@link InvitationBuilder}.
	 */
	static String json(Invitation invitation) {
		return """
				{"id":"%s","email":"Kim@example.com","permissions":["products","invoices"],"permissionsVersion":%d,
				 "status":"%s","delivery":{"status":"sent"},"sendCount":%d,"locale":"en","inviterId":"%s",
				 "createdAt":"2026-05-04T10:00:00Z","issuedAt":"2026-05-04T10:00:00Z",
				 "expiresAt":"2126-05-11T10:00:00Z"}
				""".formatted(invitation.id(), invitation.version(), invitation.status().wireName(),
				invitation.sendCount(), InvitationBuilder.OWNER);
	}

	/**
	 * An event of the system.
	 */
	static AccountEvent event(long seq, String type) {
		return new AccountEvent(seq, type, Instant.parse("2026-05-04T10:00:00Z"),
				new AccountEvent.Actor(ActorKind.SYSTEM, null, null), null, null, null, null, null);
	}

}
