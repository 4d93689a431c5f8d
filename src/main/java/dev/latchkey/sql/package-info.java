/** Reads columns, converts parameters and recognizes errors of the database. */
@NullMarked
package dev.latchkey.sql;

import org.jspecify.annotations.NullMarked;
