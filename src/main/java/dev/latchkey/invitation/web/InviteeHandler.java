package dev.latchkey.invitation.web;

import java.util.List;

import dev.latchkey.http.Bodies;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.MyInvitations;
import dev.latchkey.session.Callers;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Looking at an invitation, and declining it, over HTTP. The token is in the body, so it
 * is in no log.
 */
class InviteeHandler {

	private final Acceptance acceptance;

	private final MyInvitations mine;

	InviteeHandler(Acceptance acceptance, MyInvitations mine) {
		this.acceptance = acceptance;
		this.mine = mine;
	}

	Mono<ServerResponse> preview(ServerRequest request) {
		return Bodies.read(request, PreviewRequest.class)
			.flatMap((body) -> this.acceptance.preview(Bodies.required("token", body.token())))
			.flatMap((preview) -> ServerResponse.ok().bodyValue(OfferResponse.of(preview)));
	}

	Mono<ServerResponse> decline(ServerRequest request) {
		return Bodies.read(request, DeclineRequest.class)
			.flatMap((body) -> this.acceptance.decline(Bodies.required("token", body.token()), body.reason()))
			.then(ServerResponse.noContent().build());
	}

	Mono<ServerResponse> mine(ServerRequest request) {
		return Callers.current()
			.flatMap((caller) -> this.mine.openFor(caller.email()).map(OfferResponse::of).collectList())
			.flatMap((items) -> ServerResponse.ok().bodyValue(new Offers(items)));
	}

	record PreviewRequest(@Nullable String token) {

		@Override
		public String toString() {
			return "PreviewRequest";
		}

	}

	record DeclineRequest(@Nullable String token, @Nullable String reason) {

		@Override
		public String toString() {
			return "DeclineRequest";
		}

	}

	record Offers(List<OfferResponse> items) {

	}

}
