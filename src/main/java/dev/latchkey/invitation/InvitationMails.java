package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.UnlinkedText;
import reactor.core.publisher.Mono;

/**
 * Composes the mails to invitees: they name the inviter, the account, the permissions and
 * the expiry time, and contain the link.
 */
class InvitationMails {

	private final InvitationStore store;

	private final MailedLinks links;

	private final Languages languages;

	InvitationMails(InvitationStore store, MailedLinks links, Languages languages) {
		this.store = store;
		this.links = links;
		this.languages = languages;
	}

	/**
	 * Composes a mail in the language of the invitation.
	 * @param template the name of the template, and of the subject in the message bundles
	 */
	Mono<MailMessage> compose(Invitation invitation, String template) {
		return this.store.parties(invitation).map((parties) -> message(invitation, parties, template));
	}

	private MailMessage message(Invitation invitation, InvitationParties parties, String template) {
		String link = this.links.withToken(LinkToken.Purpose.INVITATION, invitation.account().value(),
				invitation.id().value(), invitation.tokenVersion());
		Translations translations = this.languages.translations(invitation.locale());
		List<String> permissions = invitation.permissions()
			.asSet()
			.stream()
			.map((permission) -> translations.text(permission.titleKey()))
			.toList();
		return new MailMessage(invitation.email(),
				translations.text("mail." + template + ".subject", parties.accountName()), template,
				invitation.locale(),
				Map.of("link", link, "account", UnlinkedText.of(parties.accountName()), "inviter",
						UnlinkedText.of(parties.inviterName()), "permissions", permissions, "expiresAt",
						invitation.expiresAt()));
	}

}
