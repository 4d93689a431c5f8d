package dev.latchkey.shared;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes new ids: UUIDv7, so that rows written together lie together.
 */
public interface IdGenerator extends Supplier<UUID> {

}
