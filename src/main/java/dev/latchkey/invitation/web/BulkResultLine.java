package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.invitation.CheckedLine;
import dev.latchkey.invitation.EnteredInvitation;
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
 * {@code refused}, {@code valid} if a dry run found nothing to refuse,
 * {@code columns-ignored} for the header of a table, or {@code interrupted} if the
 * remaining lines were not processed
 * @param id the id of the created or of the pending invitation, null in a dry run
 * @param replayed true if an earlier request with the same key created the invitation
 * @param invitation what the line contains, in a dry run
 * @param columns the names of the columns of {@code columns-ignored}
 * @param problem the reason of {@code refused} and {@code interrupted}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkResultLine(@Nullable Long line, String status, @Nullable UUID id, @Nullable Boolean replayed,
		@Nullable Entered invitation, @Nullable List<String> columns, @Nullable Map<String, Object> problem) {

	static BulkResultLine of(BulkResult result, Translations translations) {
		if (result instanceof BulkResult.Created created) {
			return new BulkResultLine(created.line(), "created", created.id().value(), created.replayed() ? true : null,
					null, null, null);
		}
		if (result instanceof BulkResult.AlreadyPending pending) {
			return new BulkResultLine(pending.line(), "already-pending", pending.id().value(), null, null, null, null);
		}
		if (result instanceof BulkResult.Refused refused) {
			return new BulkResultLine(refused.line(), "refused", null, null, null, null,
					ProblemBody.ofLine(refused.problem(), translations));
		}
		return new BulkResultLine(result.line(), "already-member", null, null, null, null, null);
	}

	/**
	 * The result of a dry run.
	 */
	static BulkResultLine of(CheckedLine checked, Translations translations) {
		BulkResultLine result = of(checked.result(), translations);
		String status = (checked.result() instanceof BulkResult.Created) ? "valid" : result.status();
		return new BulkResultLine(result.line(), status, null, null,
				checked.line().entered().map(Entered::of).orElse(null), null, result.problem());
	}

	static BulkResultLine columnsIgnored(long line, List<String> columns) {
		return new BulkResultLine(line, "columns-ignored", null, null, null, columns, null);
	}

	static BulkResultLine interrupted(DomainException problem, Translations translations) {
		return new BulkResultLine(null, "interrupted", null, null, null, null,
				ProblemBody.ofLine(problem, translations));
	}

	/**
	 * An invitation as it was understood.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Entered(@Nullable String email, List<String> permissions, @Nullable String locale,
			@Nullable Integer expiresInDays) {

		static Entered of(EnteredInvitation invitation) {
			return new Entered(invitation.email(), invitation.permissions(), invitation.locale(),
					invitation.expiresInDays());
		}

	}

}
