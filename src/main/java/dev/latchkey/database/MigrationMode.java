package dev.latchkey.database;

/**
 * When the schema is brought up to date. Where many replicas start, one step before them
 * does it, and they only look.
 */
enum MigrationMode {

	/** By whoever starts first; the others wait. */
	AT_START,

	/** By this process, which does nothing else. */
	ONLY,

	/** By somebody else: this process refuses a schema that is older than itself. */
	NEVER;

	static final String SETTING = "latchkey.database.migration";

}
