package dev.latchkey.invitation.web;

/**
 * The columns of a table of invitations that the service reads.
 */
enum TableColumn {

	EMAIL("email", "table.email"), PERMISSIONS("permissions", "table.permissions"), LOCALE("locale", "table.locale"),
	EXPIRES_IN_DAYS("expiresInDays", "table.expires-in-days");

	private final String field;

	private final String namesKey;

	TableColumn(String field, String namesKey) {
		this.field = field;
		this.namesKey = namesKey;
	}

	/**
	 * The field of the API with the same meaning, whose name is a name of the column too.
	 */
	String field() {
		return this.field;
	}

	/**
	 * The message key of the other names of the column, which are separated by vertical
	 * bars.
	 */
	String namesKey() {
		return this.namesKey;
	}

}
