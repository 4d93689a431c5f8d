package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes newline-delimited JSON: one object per line, read as strictly as a
 * JSON body.
 */
public class Ndjson {

	private final JsonMapper json;

	Ndjson(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Reads a line as a payload.
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}, or
	 * {@link ProblemCode#BODY_TOO_LARGE} for a line that is too long
	 */
	public <T> T read(BodyLine line, Class<T> type) {
		String text = line.text();
		try {
			T payload = this.json.readValue(text, type);
			if (payload != null) {
				return payload;
			}
		}
		catch (JacksonException ex) {
			throw UnreadableJson.problem(ex);
		}
		throw DomainException.malformed(DetailMessage.LINE_NOT_AN_OBJECT);
	}

	/**
	 * Writes a line for each payload.
	 */
	public byte[] write(Collection<?> payloads) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (Object payload : payloads) {
			lines.writeBytes(this.json.writeValueAsString(payload).getBytes(StandardCharsets.UTF_8));
			lines.write('\n');
		}
		return lines.toByteArray();
	}

}
