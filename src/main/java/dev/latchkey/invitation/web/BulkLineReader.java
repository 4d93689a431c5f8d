package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
		return batch.stream().map((line) -> read(line, () -> ndjson.read(line, CreateRequest.class))).toList();
	}

	/**
	 * Reads a line.
	 * @param payload reads the payload of the line; throws a {@link DomainException} if
	 * it is not valid
	 */
	BulkLine read(BodyLine line, Supplier<CreateRequest> payload) {
		try {
			return row(line.number(), payload.get());
		}
		catch (DomainException problem) {
			return new BulkLine.Unreadable(line.number(), problem);
		}
	}

	private BulkLine row(long number, CreateRequest payload) {
		return new BulkLine.Row(number, payload.toInvitation(this.languages),
				this.key.map((requestKey) -> requestKey.ofLine(number, payload)));
	}

}
