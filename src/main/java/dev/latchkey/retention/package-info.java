/**
 * Deletes old rows on a schedule. It owns the schedule and the settings; each module
 * provides the tasks for its own tables.
 */
@NullMarked
package dev.latchkey.retention;

import org.jspecify.annotations.NullMarked;
