package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;
import dev.latchkey.mail.DefusedText;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.shared.LinkToken;
import reactor.core.publisher.Mono;

/**
 * Writes to invitees: who invites them to what, until when, and the link.
 */
class InvitationLetters {

	private final InvitationRows rows;

	private final Links links;

	private final Languages languages;

	InvitationLetters(InvitationRows rows, Links links, Languages languages) {
		this.rows = rows;
		this.links = links;
		this.languages = languages;
	}

	/**
	 * Writes a letter.
	 * @param template also the name of its subject in the languages' bundles
	 */
	Mono<Letter> write(Invitation invitation, String template) {
		return this.rows.parties(invitation).map((parties) -> letter(invitation, parties, template));
	}

	private Letter letter(Invitation invitation, Parties parties, String template) {
		String link = this.links.secret(LinkToken.Purpose.INVITATION, invitation.account().value(),
				invitation.id().value(), invitation.tokenVersion());
		Words words = this.languages.in(invitation.locale());
		List<String> permissions = invitation.permissions()
			.asSet()
			.stream()
			.map((permission) -> words.text(permission.titleKey()))
			.toList();
		return new Letter(invitation.email(), words.text("mail." + template + ".subject", parties.accountName()),
				template, invitation.locale(),
				Map.of("link", link, "account", DefusedText.of(parties.accountName()), "inviter",
						DefusedText.of(parties.inviterName()), "permissions", permissions, "expiresAt",
						invitation.expiresAt()));
	}

}
