/**
 * What keeps the tables from growing for ever: everything that is dropped is dropped
 * here.
 */
@NullMarked
package dev.latchkey.retention;

import org.jspecify.annotations.NullMarked;
