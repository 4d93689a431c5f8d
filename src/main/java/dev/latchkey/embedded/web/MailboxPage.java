package dev.latchkey.embedded.web;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.embedded.LocalMessage;

import org.springframework.web.util.HtmlUtils;

/**
 * The mailbox as one plain page without a script. Everything from a mail is escaped; web
 * addresses in its text become links, so that a person can follow an invitation.
 */
final class MailboxPage {

	private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)]");

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>Local mailbox</title>
			</head>
			<body>
			<main>
			<h1>Local mailbox</h1>
			<p>No mail server is configured, so mail stays here, on this machine. Newest first.</p>
			%s
			</main>
			</body>
			</html>
			""";

	private static final String MESSAGE = """
			<details>
			<summary><time datetime="%1$s">%1$s</time> to <b>%2$s</b>: %3$s</summary>
			<p>%4$s</p>
			<p><a href="mailbox/messages/%5$s/html">As HTML</a></p>
			</details>
			""";

	private MailboxPage() {
	}

	static String of(List<LocalMessage> messages) {
		String list = messages.stream().map(MailboxPage::entry).collect(Collectors.joining());
		return PAGE.formatted(list.isEmpty() ? "<p>There is no mail yet.</p>" : list.stripTrailing());
	}

	private static String entry(LocalMessage message) {
		return MESSAGE.formatted(message.receivedAt().truncatedTo(ChronoUnit.SECONDS), escaped(message.to()),
				escaped(message.subject()), linked(message.text()), message.id());
	}

	private static String linked(String text) {
		StringBuilder html = new StringBuilder();
		Matcher addresses = WEB_ADDRESS.matcher(text);
		int end = 0;
		while (addresses.find()) {
			String address = escaped(addresses.group());
			html.append(escaped(text.substring(end, addresses.start())));
			html.append("<a href=\"%1$s\" rel=\"noreferrer\">%1$s</a>".formatted(address));
			end = addresses.end();
		}
		return html.append(escaped(text.substring(end))).toString().replaceAll("\\R", "<br>\n");
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

}
