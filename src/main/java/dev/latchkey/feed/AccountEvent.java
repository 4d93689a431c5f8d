package dev.latchkey.feed;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One row of an account's log, as readers see it: the ids that were written, and the
 * names and addresses that belong to them now. It is the wire's shape of an event, in the
 * stream and in pages alike.
 *
 * @param seq its number in the account, from 1 without a gap
 * @param at when the change was committed, by the database's clock
 * @param previous the permissions before, where they changed
 * @param sendCount which mail of the invitation it was about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountEvent(long seq, String type, Instant at, Actor actor, @Nullable InvitationRef invitation,
		@Nullable UserRef user, @Nullable List<String> permissions, @Nullable List<String> previous,
		@Nullable Integer sendCount) {

	/**
	 * Who did it: a user, the holder of an invitation's link, a service, or the system.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Actor(String kind, @Nullable UUID id, @Nullable String name) {

	}

	/**
	 * The invitation it is about.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record InvitationRef(UUID id, @Nullable String email, @Nullable String declineReason) {

	}

	/**
	 * The member it is about.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record UserRef(UUID id, @Nullable String name, @Nullable String email) {

	}

}
