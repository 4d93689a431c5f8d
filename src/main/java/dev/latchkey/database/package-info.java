/** The connection to the database, and its schema. */
@NullMarked
package dev.latchkey.database;

import org.jspecify.annotations.NullMarked;
