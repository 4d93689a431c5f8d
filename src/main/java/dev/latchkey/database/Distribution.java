package dev.latchkey.database;

/**
 * Whether the tables are spread over several database machines.
 */
enum Distribution {

	/** One machine, as PostgreSQL is. */
	NONE,

	/** By the Citus extension, from its coordinator. */
	CITUS;

	static final String SETTING = "latchkey.database.distribution";

}
