package dev.latchkey.invitation;

import java.util.Locale;
import java.util.function.Supplier;

import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Renders problems of requests with a link in the language of its invitation, which is
 * also the language of its mail. The link must be genuine, but need not be valid any
 * more; for all other tokens nothing is read from the database.
 */
public class InviteeLanguage {

	private final InvitationLinks links;

	InviteeLanguage(InvitationLinks links) {
		this.links = links;
	}

	/**
	 * Runs the work of a request with a link.
	 * @param token the token of the link as the client sent it, null if it is missing
	 * @return the result of the work, or its problem in the language of the invitation
	 */
	public <T> Mono<T> translateProblems(@Nullable String token, Supplier<Mono<T>> work) {
		return Mono.defer(work)
			.onErrorResume(DomainException.class,
					(problem) -> language(token).map(problem::in).defaultIfEmpty(problem).flatMap(Mono::error));
	}

	private Mono<Locale> language(@Nullable String token) {
		return Mono.justOrEmpty(token)
			.flatMap((text) -> Mono.justOrEmpty(this.links.verify(text)))
			.flatMap(this.links::find)
			.map(Invitation::locale);
	}

}
