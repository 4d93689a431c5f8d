package dev.latchkey.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.latchkey.account.Member;
import dev.latchkey.command.CommandResult;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.NewUserAcceptance.NewMember;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Mono;

/**
 * Describes the results of the service in the words of the model.
 */
final class ServiceResults {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final StoredIds ids;

	ServiceResults(StoredIds ids) {
		this.ids = ids;
	}

	/**
	 * Waits for a command.
	 * @return its result, its problem, or an unexpected error as the outcome
	 */
	<T> Result of(Supplier<Mono<T>> command, Function<T, Result> description) {
		try {
			return description.apply(Objects.requireNonNull(Mono.defer(command).block(TIMEOUT)));
		}
		catch (DomainException problem) {
			return describe(problem);
		}
		catch (RuntimeException error) {
			return new Result(error.toString(), Map.of());
		}
	}

	/**
	 * Waits for a command that returns nothing.
	 */
	Result ofCompletion(Supplier<Mono<Void>> command) {
		return of(() -> command.get().thenReturn(true), (done) -> Result.ok());
	}

	Result describe(CommandResult<Invitation> done) {
		return describe(Result.of(done.replayed()), done.value());
	}

	Result describe(Invitation invitation) {
		return describe(Result.ok(), invitation);
	}

	Result describe(Member member) {
		return Result.ok().with("permissions", member.permissions().keys()).with("version", member.version());
	}

	Result describe(NewMember member) {
		this.ids.add(this.ids.personAt(member.user().address().canonical()), member.user());
		return Result.ok().with("permissions", member.membership().permissions().keys());
	}

	Result describe(DomainException problem) {
		Result result = Result.refused(problem.code()).retryAfter(problem.retryAfter());
		for (Map.Entry<String, Object> property : problem.properties().entrySet()) {
			UUID id = uuid(property.getValue());
			result = switch (property.getKey()) {
				case "invitationId" -> result.with("invitation", this.ids.number(new InvitationId(id)));
				case "accountId" -> result.with("account", this.ids.number(new AccountId(id)));
				case "invitationStatus" -> result.with("status", property.getValue());
				default -> result;
			};
		}
		return result;
	}

	private Result describe(Result result, Invitation invitation) {
		return result.with("invitation", this.ids.number(invitation.id()))
			.with("status", invitation.status().wireName())
			.with("permissions", invitation.permissions().keys())
			.with("version", invitation.version())
			.with("sends", invitation.sendCount());
	}

	private static UUID uuid(Object value) {
		String text = value.toString();
		return (text.length() == 36) ? UUID.fromString(text) : new UUID(0, 0);
	}

}
