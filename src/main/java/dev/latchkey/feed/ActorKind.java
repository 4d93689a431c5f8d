package dev.latchkey.feed;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The kind of actor that caused an event. The names are those of the column
 * {@code account_event.actor_kind}.
 */
public enum ActorKind {

	/** A signed-in user. */
	USER,

	/** The holder of an invitation's link, who is not signed in. */
	INVITEE,

	/** Another service; the schema and the API allow it, but no command writes it yet. */
	SERVICE,

	/** A scheduled job or the mail relay. */
	SYSTEM;

	/**
	 * The name in the API.
	 */
	@JsonValue
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
