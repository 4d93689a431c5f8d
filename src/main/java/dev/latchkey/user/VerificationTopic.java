package dev.latchkey.user;

import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.LinkToken;
import reactor.core.publisher.Mono;

/**
 * The mail behind a sign-up: a link for whoever has no login yet, a reminder for whoever
 * has one.
 */
class VerificationTopic implements MailTopic {

	static final String NAME = "verification";

	private final SignUpRows signUps;

	private final Users users;

	private final Links links;

	private final Languages languages;

	VerificationTopic(SignUpRows signUps, Users users, Links links, Languages languages) {
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
	public Mono<Letter> compose(MailOrder order) {
		return this.signUps.find(order.subject())
			.filter(SignUp::live)
			.flatMap((signUp) -> this.users.find(signUp.email())
				.map((user) -> reminder(signUp))
				.defaultIfEmpty(link(signUp)));
	}

	private Letter link(SignUp signUp) {
		String link = this.links.secret(LinkToken.Purpose.VERIFICATION, signUp.id(), signUp.id(), 1);
		return letter(signUp, "verification", link);
	}

	private Letter reminder(SignUp signUp) {
		return letter(signUp, "login-exists", this.links.console());
	}

	private Letter letter(SignUp signUp, String template, String link) {
		String subject = this.languages.in(signUp.locale()).text("mail." + template + ".subject");
		return new Letter(signUp.email(), subject, template, signUp.locale(), Map.of("link", link));
	}

}
