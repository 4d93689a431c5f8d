package dev.latchkey.linktoken;

import java.util.UUID;

import dev.latchkey.linktoken.LinkToken.Purpose;
import dev.latchkey.shared.PublicUrl;

/**
 * Builds the links in mails. Their host comes from the configuration, never from a
 * request.
 */
public class MailedLinks {

	private final LinkProperties templates;

	private final LinkTokens tokens;

	private final PublicUrl publicUrl;

	MailedLinks(LinkProperties templates, LinkTokens tokens, PublicUrl publicUrl) {
		this.templates = templates;
		this.tokens = tokens;
		this.publicUrl = publicUrl;
	}

	/**
	 * The link to one version of a subject. It ends in a token, so it is a secret.
	 */
	public String withToken(Purpose purpose, UUID scope, UUID subject, int version) {
		LinkToken token = this.tokens.issue(purpose, scope, subject, version);
		return switch (purpose) {
			case INVITATION -> fill(this.templates.invitation(), token.text());
			case VERIFICATION -> fill(this.templates.verification(), token.text());
			case PASSWORD_RESET -> fill(this.templates.passwordReset(), token.text());
		};
	}

	/**
	 * The link to the page for signing in; it contains no token.
	 */
	public String console() {
		return fill(this.templates.console(), "");
	}

	private String fill(String template, String token) {
		return template.replace("{base-url}", this.publicUrl.toString()).replace("{token}", token);
	}

}
