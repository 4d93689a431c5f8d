package dev.latchkey.invitation;

import java.util.Locale;
import java.util.function.Supplier;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Whoever holds a genuine link, dead or alive, hears of a refusal in the invitation's
 * language, which is the one of its mail. For anything else nothing is looked up.
 */
public class InviteeLanguage {

	private final LinkTokens tokens;

	private final InvitationStore store;

	InviteeLanguage(LinkTokens tokens, InvitationStore store) {
		this.tokens = tokens;
		this.store = store;
	}

	/**
	 * Does what the holder of a link asks for.
	 * @param token what was sent as the link's secret, if anything was
	 */
	public <T> Mono<T> of(@Nullable String token, Supplier<Mono<T>> work) {
		return Mono.defer(work)
			.onErrorResume(DomainException.class,
					(refusal) -> language(token).map(refusal::in).defaultIfEmpty(refusal).flatMap(Mono::error));
	}

	private Mono<Locale> language(@Nullable String token) {
		return Mono.justOrEmpty(token)
			.flatMap((text) -> Mono.justOrEmpty(this.tokens.verify(LinkToken.Purpose.INVITATION, text)))
			.flatMap((link) -> this.store.find(new AccountId(link.scope()), new InvitationId(link.subject())))
			.map(Invitation::locale);
	}

}
