package dev.latchkey.session;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

/**
 * The mail with the link that sets a new password.
 */
class PasswordResetMail implements MailType {

	static final String NAME = "password-reset";

	private final PasswordResetStore store;

	private final Users users;

	private final MailedLinks links;

	private final Languages languages;

	PasswordResetMail(PasswordResetStore store, Users users, MailedLinks links, Languages languages) {
		this.store = store;
		this.users = users;
		this.links = links;
		this.languages = languages;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean isLimitedByRequest() {
		return true;
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail mail) {
		UserId user = new UserId(mail.shard());
		return this.store.find(user, mail.subject())
			.filter((state) -> state == PasswordResetStore.State.VALID)
			.flatMap((state) -> this.users.find(user))
			.map((found) -> message(found, mail));
	}

	private MailMessage message(User user, QueuedMail mail) {
		String link = this.links.withToken(LinkToken.Purpose.PASSWORD_RESET, mail.shard(), mail.subject(),
				mail.version());
		Locale locale = Locale.forLanguageTag(user.locale());
		return new MailMessage(user.address(), this.languages.translations(locale).text("mail.password-reset.subject"),
				NAME, locale, Map.of("link", link));
	}

}
