package dev.latchkey.invitation.web;

import java.util.List;

import dev.latchkey.http.AcceptLanguage;
import dev.latchkey.http.Bodies;
import dev.latchkey.invitation.Acceptance.Preview;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.InviteeLanguage;
import dev.latchkey.invitation.MyInvitations;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;
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

	private final InviteeLanguage language;

	private final Languages languages;

	InviteeHandler(Acceptance acceptance, MyInvitations mine, InviteeLanguage language, Languages languages) {
		this.acceptance = acceptance;
		this.mine = mine;
		this.language = language;
		this.languages = languages;
	}

	Mono<ServerResponse> preview(ServerRequest request) {
		return Bodies.read(request, PreviewRequest.class)
			.flatMap((body) -> this.language.of(body.token(),
					() -> this.acceptance.preview(Bodies.required("token", body.token()))))
			.flatMap((preview) -> render(preview, this.languages.in(preview.invitation().locale())));
	}

	Mono<ServerResponse> decline(ServerRequest request) {
		return Bodies.read(request, DeclineRequest.class)
			.flatMap((body) -> this.language.of(body.token(),
					() -> this.acceptance.decline(Bodies.required("token", body.token()), body.reason())))
			.then(ServerResponse.noContent().build());
	}

	Mono<ServerResponse> mine(ServerRequest request) {
		Words words = AcceptLanguage.of(request, this.languages);
		return Callers.current()
			.flatMap((caller) -> this.mine.openFor(caller.email())
				.map((offer) -> OfferResponse.of(offer, words))
				.collectList())
			.flatMap((items) -> ServerResponse.ok().headers(AcceptLanguage.mark(words)).bodyValue(new Offers(items)));
	}

	private static Mono<ServerResponse> render(Preview preview, Words words) {
		return ServerResponse.ok()
			.headers((headers) -> headers.setContentLanguage(words.language()))
			.bodyValue(OfferResponse.of(preview, words));
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
