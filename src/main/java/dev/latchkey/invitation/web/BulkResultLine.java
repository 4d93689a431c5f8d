package dev.latchkey.invitation.web;

import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.language.Translations;
import dev.latchkey.problem.ProblemBody;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;

/**
 * One line of the response to a bulk request.
 *
 * @param line the number of the line in the request; null if the result is for all
 * remaining lines
 * @param status {@code created}, {@code already-pending}, {@code already-member},
 * {@code refused}, or {@code interrupted} if the remaining lines were not processed
 * @param id the id of the created or of the pending invitation
 * @param replayed true if an earlier request with the same key created the invitation
 * @param problem the reason of {@code refused} and {@code interrupted}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkResultLine(@Nullable Long line, String status, @Nullable UUID id, @Nullable Boolean replayed,
		@Nullable Map<String, Object> problem) {

	static BulkResultLine of(BulkResult result, Translations translations) {
		if (result instanceof BulkResult.Created created) {
			return new BulkResultLine(created.line(), "created", created.id().value(), created.replayed() ? true : null,
					null);
		}
		if (result instanceof BulkResult.AlreadyPending pending) {
			return new BulkResultLine(pending.line(), "already-pending", pending.id().value(), null, null);
		}
		if (result instanceof BulkResult.Refused refused) {
			return new BulkResultLine(refused.line(), "refused", null, null,
					ProblemBody.ofLine(refused.problem(), translations));
		}
		return new BulkResultLine(result.line(), "already-member", null, null, null);
	}

	static BulkResultLine interrupted(DomainException problem, Translations translations) {
		return new BulkResultLine(null, "interrupted", null, null, ProblemBody.ofLine(problem, translations));
	}

}
