package dev.latchkey.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

/**
 * Parses messages.
 */
final class ParsedMail {

	private ParsedMail() {
	}

	static MimeMessage parse(String message) {
		try {
			return new MimeMessage(null, new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The concatenated text of all parts of a content type.
	 */
	static String part(Part part, String type) {
		try {
			if (part.getContent() instanceof Multipart parts) {
				StringBuilder found = new StringBuilder();
				for (int index = 0; index < parts.getCount(); index++) {
					found.append(part(parts.getBodyPart(index), type));
				}
				return found.toString();
			}
			return part.isMimeType(type) ? part.getContent().toString() : "";
		}
		catch (MessagingException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
