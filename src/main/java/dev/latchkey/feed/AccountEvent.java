package dev.latchkey.feed;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One event of an account's log, as the API returns it, in the stream and in pages: the
 * ids that were written with the event, and the current names and addresses that belong
 * to them.
 *
 * @param seq the event's number within the account, from 1 without gaps
 * @param type the wire name of an {@link EventType}; a string, so that this replica also
 * serves types which only newer replicas write
 * @param at when the transaction that wrote the event began, by the database's clock
 * @param previous the permissions before the change, if the event is a change of them
 * @param sendCount the number of the invitation's mail that the event is about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountEvent(long seq, String type, Instant at, Actor actor, @Nullable InvitationRef invitation,
		@Nullable UserRef user, @Nullable List<String> permissions, @Nullable List<String> previous,
		@Nullable Integer sendCount) {

	/**
	 * The actor that caused the event.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Actor(ActorKind kind, @Nullable UUID id, @Nullable String name) {

	}

	/**
	 * The invitation that the event is about.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record InvitationRef(UUID id, @Nullable String email, @Nullable String declineReason) {

	}

	/**
	 * The member that the event is about.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record UserRef(UUID id, @Nullable String name, @Nullable String email) {

	}

}
