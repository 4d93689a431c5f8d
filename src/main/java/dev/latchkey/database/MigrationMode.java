package dev.latchkey.database;

/**
 * When the schema is migrated. With many replicas, a separate process migrates before
 * they start, and they only check the version.
 */
enum MigrationMode {

	/** By the replica that starts first; the others wait. */
	AT_START,

	/** By this process, which then ends. */
	ONLY,

	/** By another process: this one does not start on a schema that is too old. */
	NEVER;

	static final String SETTING = "latchkey.database.migration";

}
