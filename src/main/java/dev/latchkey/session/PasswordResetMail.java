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
	public Mono<MailMessage> compose(QueuedMail order) {
		UserId user = new UserId(order.shard());
		return this.store.find(user, order.subject())
			.filter((state) -> state == PasswordResetStore.State.LIVE)
			.flatMap((state) -> this.users.find(user))
			.map((found) -> message(found, order));
	}

	private MailMessage message(User user, QueuedMail order) {
		String link = this.links.withToken(LinkToken.Purpose.PASSWORD_RESET, order.shard(), order.subject(),
				order.version());
		Locale locale = Locale.forLanguageTag(user.locale());
		return new MailMessage(user.address(), this.languages.translations(locale).text("mail.password-reset.subject"),
				"password-reset", locale, Map.of("link", link));
	}

}
