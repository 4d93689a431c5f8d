package dev.latchkey.invitation.web;

import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.http.ProblemBody;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.language.Words;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer to a bulk request.
 *
 * @param line which line of the request it is about, null if it is about all further ones
 * @param status {@code created}, {@code already-pending}, {@code already-member},
 * {@code refused}, or {@code interrupted} for what is not done
 * @param id the invitation that was made, or that is open
 * @param replayed true if it was made by an earlier request under the same key
 * @param problem why it was refused, or the rest was not done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkAnswer(@Nullable Long line, String status, @Nullable UUID id, @Nullable Boolean replayed,
		@Nullable Map<String, Object> problem) {

	static BulkAnswer of(BulkResult result, Words words) {
		if (result instanceof BulkResult.Created created) {
			return new BulkAnswer(created.line(), "created", created.id().value(), created.replayed() ? true : null,
					null);
		}
		if (result instanceof BulkResult.AlreadyPending pending) {
			return new BulkAnswer(pending.line(), "already-pending", pending.id().value(), null, null);
		}
		if (result instanceof BulkResult.Refused refused) {
			return new BulkAnswer(refused.line(), "refused", null, null, ProblemBody.ofLine(refused.problem(), words));
		}
		return new BulkAnswer(result.line(), "already-member", null, null, null);
	}

	static BulkAnswer interrupted(DomainException problem, Words words) {
		return new BulkAnswer(null, "interrupted", null, null, ProblemBody.ofLine(problem, words));
	}

}
