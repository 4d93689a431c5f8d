package dev.latchkey.invitation.web;

import java.util.List;
import java.util.function.BiFunction;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.feed.AccountEvent;
import dev.latchkey.http.EntityTags;
import dev.latchkey.http.PathVariables;
import dev.latchkey.invitation.DeliveryReports;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows a single invitation with all attempts to deliver its mails and with its events.
 */
class InvitationDetailHandler {

	private final Invitations invitations;

	private final DeliveryReports deliveries;

	private final BiFunction<AccountId, InvitationId, Flux<AccountEvent>> events;

	/**
	 * Creates the handler.
	 * @param events reads the events of an invitation, oldest first
	 */
	InvitationDetailHandler(Invitations invitations, DeliveryReports deliveries,
			BiFunction<AccountId, InvitationId, Flux<AccountEvent>> events) {
		this.invitations = invitations;
		this.deliveries = deliveries;
		this.events = events;
	}

	Mono<ServerResponse> find(ServerRequest request) {
		return invitation(request).flatMap((invitation) -> this.deliveries.of(invitation)
			.map((report) -> InvitationResponse.of(invitation, report))
			.zipWith(events(invitation), Detail::new)
			.doOnNext((detail) -> EntityTags.setVersion(request, invitation.version()))
			.flatMap((detail) -> ServerResponse.ok().bodyValue(detail)));
	}

	Mono<ServerResponse> timeline(ServerRequest request) {
		return invitation(request).flatMap(this::events)
			.flatMap((events) -> ServerResponse.ok().bodyValue(new Timeline(events)));
	}

	private Mono<Invitation> invitation(ServerRequest request) {
		return CurrentCaller.current()
			.flatMap((caller) -> this.invitations.find(PathVariables.accountId(request), caller.user(),
					PathVariables.invitationId(request)));
	}

	private Mono<List<AccountEvent>> events(Invitation invitation) {
		return this.events.apply(invitation.account(), invitation.id()).collectList();
	}

	record Detail(@JsonUnwrapped InvitationResponse invitation, List<AccountEvent> timeline) {

	}

	record Timeline(List<AccountEvent> items) {

	}

}
