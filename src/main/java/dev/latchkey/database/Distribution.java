package dev.latchkey.database;

/**
 * Whether the tables are distributed over several database machines.
 */
enum Distribution {

	/** One PostgreSQL machine. */
	NONE,

	/** A Citus cluster; the service connects to its coordinator. */
	CITUS;

	static final String SETTING = "latchkey.database.distribution";

}
