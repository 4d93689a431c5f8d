package dev.latchkey.feed;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The types of events in an account's log. The wire names are used in the database, in
 * the stream and in the {@code type} filter.
 */
public enum EventType {

	ACCOUNT_CREATED("account.created"), ACCOUNT_VALIDITY_CHANGED("account.validity-changed"),
	INVITATION_CREATED("invitation.created"), INVITATION_SENT("invitation.sent"),
	INVITATION_DELIVERY_FAILED("invitation.delivery-failed"), INVITATION_RESENT("invitation.resent"),
	INVITATION_REMINDED("invitation.reminded"), INVITATION_PERMISSIONS_CHANGED("invitation.permissions-changed"),
	INVITATION_ACCEPTED("invitation.accepted"), INVITATION_DECLINED("invitation.declined"),
	INVITATION_REVOKED("invitation.revoked"), INVITATION_EXPIRED("invitation.expired"),
	MEMBER_PERMISSIONS_CHANGED("member.permissions-changed"), MEMBER_REMOVED("member.removed"),
	MEMBER_LEFT("member.left"), OWNERSHIP_OFFERED("ownership.offered"), OWNERSHIP_WITHDRAWN("ownership.withdrawn"),
	OWNERSHIP_DECLINED("ownership.declined"), OWNERSHIP_TRANSFERRED("ownership.transferred");

	private static final Map<String, EventType> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

	private final String wireName;

	EventType(String wireName) {
		this.wireName = wireName;
	}

	public String wireName() {
		return this.wireName;
	}

	/**
	 * Finds the type with a wire name.
	 * @return the type, or empty if the name is unknown
	 */
	public static Optional<EventType> of(String wireName) {
		return Optional.ofNullable(BY_NAME.get(wireName));
	}

}
