package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.Refusals;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a command on an invitation has done, as its database function returns it.
 *
 * @param invitation the invitation after the command; null if it was refused
 * @param refusal why the command was refused; null if it was executed
 * @param reachedLimit the limit that has refused the command, by its name in the metrics;
 * null for none
 * @param replayed whether an earlier request with the same key has executed the command
 * @param markedExpired how many overdue invitations the command has marked as expired,
 * even if it was refused
 */
record CommandOutcome(@Nullable Invitation invitation, @Nullable DomainException refusal, @Nullable String reachedLimit,
		boolean replayed, int markedExpired) {

	/**
	 * The columns of the result {@code r} of a function.
	 */
	static final String COLUMNS = """
			r.refusal, r.retry_after, r.reached_limit, r.replayed, r.marked_expired, (r.invitation).*
			""";

	static CommandOutcome executed(Invitation invitation) {
		return new CommandOutcome(invitation, null, null, false, 0);
	}

	static CommandOutcome refused(DomainException refusal) {
		return new CommandOutcome(null, refusal, null, false, 0);
	}

	static CommandOutcome of(Readable row) {
		Optional<DomainException> refusal = Refusals.of(row);
		return new CommandOutcome(refusal.isEmpty() ? InvitationSql.invitation(row) : null,
				refusal.map((problem) -> withInvitation(problem, row)).orElse(null),
				row.get("reached_limit", String.class), Columns.booleanValue(row, "replayed"),
				Columns.intValue(row, "marked_expired"));
	}

	/**
	 * Whether this request has changed the invitation.
	 */
	boolean isExecuted() {
		return this.refusal == null && !this.replayed;
	}

	/**
	 * The result for the caller, or the problem.
	 */
	Mono<CommandResult<Invitation>> result() {
		return Mono.justOrEmpty(this.invitation)
			.map((current) -> new CommandResult<>(current, this.replayed))
			.switchIfEmpty(Mono.justOrEmpty(this.refusal).flatMap(Mono::error));
	}

	/**
	 * Adds to a problem what the caller has to know about the invitation that is its
	 * reason.
	 */
	private static DomainException withInvitation(DomainException problem, Readable row) {
		if (problem.code() == ProblemCode.INVITATION_PENDING) {
			return problem.with("invitationId", Columns.uuid(row, "id").toString());
		}
		if (problem.code() == ProblemCode.WRONG_STATUS) {
			InvitationStatus status = InvitationStatus.valueOf(Columns.string(row, "status"));
			return problem.with("invitationStatus", status.wireName());
		}
		return problem;
	}

}
