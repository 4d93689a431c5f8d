/** How rows are read: typed columns, whichever feature asks. */
@NullMarked
package dev.latchkey.database;

import org.jspecify.annotations.NullMarked;
