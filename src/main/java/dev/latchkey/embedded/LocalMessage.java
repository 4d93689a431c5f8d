package dev.latchkey.embedded;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A mail as it would have been sent. It contains valid links, so its {@code toString}
 * shows the id only.
 *
 * @param text the plain text part, empty without one
 * @param html the HTML part, empty without one
 * @param headers in the order of the message, as they would be sent
 */
public record LocalMessage(UUID id, Instant receivedAt, String from, String to, String subject, String text,
		String html, List<Header> headers) {

	public LocalMessage {
		headers = List.copyOf(headers);
	}

	@Override
	public String toString() {
		return "LocalMessage[" + this.id + "]";
	}

	/**
	 * One header line.
	 */
	public record Header(String name, String value) {

	}

}
