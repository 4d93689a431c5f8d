package dev.latchkey.user;

import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import reactor.core.publisher.Mono;

/**
 * The mail of a sign-up. It contains the confirmation link or, if the address already has
 * a login, a link to the console.
 */
class SignUpMail implements MailType {

	static final String NAME = "verification";

	private final SignUpStore store;

	private final Users users;

	private final MailedLinks links;

	private final Languages languages;

	SignUpMail(SignUpStore store, Users users, MailedLinks links, Languages languages) {
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
		return this.store.find(mail.subject())
			.filter(SignUp::isUsable)
			.flatMap((signUp) -> this.users.find(signUp.email())
				.map((user) -> loginExists(signUp))
				.defaultIfEmpty(confirmation(signUp)));
	}

	private MailMessage confirmation(SignUp signUp) {
		String link = this.links.withToken(LinkToken.Purpose.VERIFICATION, signUp.id(), signUp.id(), 1);
		return message(signUp, "verification", link);
	}

	private MailMessage loginExists(SignUp signUp) {
		return message(signUp, "login-exists", this.links.console());
	}

	private MailMessage message(SignUp signUp, String template, String link) {
		String subject = this.languages.translations(signUp.locale()).text("mail." + template + ".subject");
		return new MailMessage(signUp.email(), subject, template, signUp.locale(), Map.of("link", link));
	}

}
