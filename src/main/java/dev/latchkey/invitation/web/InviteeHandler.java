package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;

import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.Acceptance.Preview;
import dev.latchkey.invitation.InviteeLanguage;
import dev.latchkey.invitation.ReceivedInvitations;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The invitee's preview, decline and list of received invitations over HTTP. The token of
 * a link is in the request's body, so that access logs do not contain it.
 */
class InviteeHandler {

	private final Acceptance acceptance;

	private final ReceivedInvitations received;

	private final InviteeLanguage language;

	private final Languages languages;

	InviteeHandler(Acceptance acceptance, ReceivedInvitations received, InviteeLanguage language, Languages languages) {
		this.acceptance = acceptance;
		this.received = received;
		this.language = language;
		this.languages = languages;
	}

	Mono<ServerResponse> preview(ServerRequest request) {
		return RequestBodies.read(request, PreviewRequest.class)
			.zipWith(CurrentCaller.find().map(Optional::of).defaultIfEmpty(Optional.empty()), this::preview)
			.flatMap((preview) -> preview)
			.flatMap((preview) -> render(preview, this.languages.translations(preview.invitation().locale())));
	}

	Mono<ServerResponse> decline(ServerRequest request) {
		return RequestBodies.read(request, DeclineRequest.class)
			.flatMap((body) -> this.language.translateProblems(body.token(),
					() -> this.acceptance.decline(RequestBodies.requireField("token", body.token()), body.reason())))
			.then(ServerResponse.noContent().build());
	}

	Mono<ServerResponse> listReceived(ServerRequest request) {
		Translations translations = LanguageNegotiation.of(request, this.languages);
		return CurrentCaller.current()
			.flatMap((caller) -> this.received.findPending(caller.email())
				.map((offer) -> OfferResponse.of(offer, translations))
				.collectList())
			.flatMap((items) -> ServerResponse.ok()
				.headers(LanguageNegotiation.mark(translations))
				.bodyValue(new Offers(items)));
	}

	private Mono<Preview> preview(PreviewRequest body, Optional<Caller> caller) {
		return this.language.translateProblems(body.token(),
				() -> this.acceptance.preview(RequestBodies.requireField("token", body.token()), caller));
	}

	private static Mono<ServerResponse> render(Preview preview, Translations translations) {
		return ServerResponse.ok()
			.headers((headers) -> headers.setContentLanguage(translations.language()))
			.bodyValue(OfferResponse.of(preview, translations));
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
