package dev.latchkey.shared;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Generates ids. They are UUIDv7, so that rows that were inserted at the same time are
 * adjacent in an index.
 */
public interface IdGenerator extends Supplier<UUID> {

}
