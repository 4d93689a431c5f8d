package dev.latchkey.embedded.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import dev.latchkey.embedded.LocalMailbox;
import dev.latchkey.embedded.LocalMessage;
import dev.latchkey.http.PathVariables;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the local mailbox: as JSON for the console, and the HTML of a mail as its
 * recipient would see it.
 */
class MailboxHandler {

	/**
	 * The HTML of a mail is not trusted: it runs no scripts, loads nothing, and has no
	 * origin.
	 */
	private static final String MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final LocalMailbox mailbox;

	MailboxHandler(LocalMailbox mailbox) {
		this.mailbox = mailbox;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		Predicate<LocalMessage> filter = request.queryParam("to")
			.map(EmailAddress::of)
			.map(MailboxHandler::isTo)
			.orElse((message) -> true);
		return ok().bodyValue(new Entries(this.mailbox.messages().stream().filter(filter).map(Entry::of).toList()));
	}

	Mono<ServerResponse> message(ServerRequest request) {
		return ok().bodyValue(Message.of(find(request)));
	}

	Mono<ServerResponse> html(ServerRequest request) {
		return ok().contentType(HTML).header("Content-Security-Policy", MAIL_POLICY).bodyValue(find(request).html());
	}

	private LocalMessage find(ServerRequest request) {
		return this.mailbox.message(PathVariables.uuid(request, "message")).orElseThrow(DomainException::notFound);
	}

	private static Predicate<LocalMessage> isTo(EmailAddress address) {
		return (message) -> message.to().equalsIgnoreCase(address.ascii());
	}

	private static ServerResponse.BodyBuilder ok() {
		return ServerResponse.ok().cacheControl(CacheControl.noStore().noTransform());
	}

	record Entries(List<Entry> items) {

	}

	record Entry(UUID id, Instant receivedAt, String from, String to, String subject) {

		static Entry of(LocalMessage message) {
			return new Entry(message.id(), message.receivedAt(), message.from(), message.to(), message.subject());
		}

	}

	record Message(UUID id, Instant receivedAt, String from, String to, String subject, String text, String html,
			List<LocalMessage.Header> headers) {

		static Message of(LocalMessage message) {
			return new Message(message.id(), message.receivedAt(), message.from(), message.to(), message.subject(),
					message.text(), message.html(), message.headers());
		}

	}

}
