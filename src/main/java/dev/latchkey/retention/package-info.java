/**
 * Deletes old rows on a schedule, by the purge tasks that each module provides for its
 * own tables.
 */
@NullMarked
package dev.latchkey.retention;

import org.jspecify.annotations.NullMarked;
