package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.http.BodyLine;
import dev.latchkey.http.Ndjson;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.web.InvitationHandler.CreateRequest;
import dev.latchkey.language.Languages;
import dev.latchkey.shared.DomainException;

/**
 * Reads the lines of a bulk request. A line that cannot be read becomes an unreadable
 * line with the reason.
 */
class BulkLineReader {

	private final Optional<IdempotencyKey> key;

	private final Languages languages;

	BulkLineReader(Optional<IdempotencyKey> key, Languages languages) {
		this.key = key;
		this.languages = languages;
	}

	List<BulkLine> readJson(List<BodyLine> batch, Ndjson ndjson) {
		return batch.stream().map((line) -> readJson(line, ndjson)).toList();
	}

	/**
	 * Checks the payload of a line.
	 */
	BulkLine line(long number, CreateRequest payload) {
		try {
			return BulkLine.of(number, payload.toInvitation(this.languages),
					this.key.map((requestKey) -> requestKey.ofLine(number, payload)));
		}
		catch (DomainException problem) {
			return new BulkLine.Unreadable(number, problem, Optional.of(payload.entered()));
		}
	}

	private BulkLine readJson(BodyLine line, Ndjson ndjson) {
		CreateRequest payload;
		try {
			payload = ndjson.read(line, CreateRequest.class);
		}
		catch (DomainException problem) {
			return new BulkLine.Unreadable(line.number(), problem, Optional.empty());
		}
		return line(line.number(), payload);
	}

}
