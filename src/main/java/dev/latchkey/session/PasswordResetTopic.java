package dev.latchkey.session;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.LinkToken;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

/**
 * The mail with the link that sets a new password.
 */
class PasswordResetTopic implements MailTopic {

	static final String NAME = "password-reset";

	private final PasswordResetRows rows;

	private final Users users;

	private final Links links;

	private final Languages languages;

	PasswordResetTopic(PasswordResetRows rows, Users users, Links links, Languages languages) {
		this.rows = rows;
		this.users = users;
		this.links = links;
		this.languages = languages;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		UserId user = new UserId(order.shard());
		return this.rows.find(user, order.subject())
			.filter((state) -> state == PasswordResetRows.State.LIVE)
			.flatMap((state) -> this.users.find(user))
			.map((found) -> letter(found, order));
	}

	private Letter letter(User user, MailOrder order) {
		String link = this.links.secret(LinkToken.Purpose.PASSWORD_RESET, order.shard(), order.subject(),
				order.version());
		Locale locale = Locale.forLanguageTag(user.locale());
		return new Letter(user.address(), this.languages.in(locale).text("mail.password-reset.subject"),
				"password-reset", locale, Map.of("link", link));
	}

}
