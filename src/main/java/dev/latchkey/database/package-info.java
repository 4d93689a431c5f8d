/**
 * The connection to the database, the migration of its schema, and the layout on Citus.
 */
@NullMarked
package dev.latchkey.database;

import org.jspecify.annotations.NullMarked;
