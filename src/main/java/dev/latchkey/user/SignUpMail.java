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
 * The mail behind a sign-up: a link for whoever has no login yet, a reminder for whoever
 * has one.
 */
class SignUpMail implements MailType {

	static final String NAME = "verification";

	private final SignUpStore signUps;

	private final Users users;

	private final MailedLinks links;

	private final Languages languages;

	SignUpMail(SignUpStore signUps, Users users, MailedLinks links, Languages languages) {
		this.signUps = signUps;
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
		return this.signUps.find(order.subject())
			.filter(SignUp::live)
			.flatMap((signUp) -> this.users.find(signUp.email())
				.map((user) -> reminder(signUp))
				.defaultIfEmpty(link(signUp)));
	}

	private MailMessage link(SignUp signUp) {
		String link = this.links.secret(LinkToken.Purpose.VERIFICATION, signUp.id(), signUp.id(), 1);
		return message(signUp, "verification", link);
	}

	private MailMessage reminder(SignUp signUp) {
		return message(signUp, "login-exists", this.links.console());
	}

	private MailMessage message(SignUp signUp, String template, String link) {
		String subject = this.languages.in(signUp.locale()).text("mail." + template + ".subject");
		return new MailMessage(signUp.email(), subject, template, signUp.locale(), Map.of("link", link));
	}

}
