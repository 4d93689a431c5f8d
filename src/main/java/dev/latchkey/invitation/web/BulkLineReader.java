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
 * Turns lines into what they ask for. What can't be read says why, and is as much a line
 * as any other.
 */
class BulkLineReader {

	private final Optional<IdempotencyKey> key;

	private final Languages languages;

	BulkLineReader(Optional<IdempotencyKey> key, Languages languages) {
		this.key = key;
		this.languages = languages;
	}

	List<BulkLine> ofJson(List<BodyLine> batch, Ndjson ndjson) {
		return batch.stream().map((line) -> read(line, () -> ndjson.read(line, CreateRequest.class))).toList();
	}

	/**
	 * Reads one line.
	 * @param payload reads its payload, or refuses it
	 */
	BulkLine read(BodyLine line, Supplier<CreateRequest> payload) {
		try {
			return row(line.number(), payload.get());
		}
		catch (DomainException refusal) {
			return new BulkLine.Unreadable(line.number(), refusal);
		}
	}

	private BulkLine row(long number, CreateRequest payload) {
		return new BulkLine.Row(number, payload.toInvitation(this.languages),
				this.key.map((whole) -> whole.ofLine(number, payload)));
	}

}
