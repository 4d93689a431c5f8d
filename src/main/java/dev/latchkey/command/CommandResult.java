package dev.latchkey.command;

/**
 * The result of a command that accepts an {@link IdempotencyKey}.
 *
 * @param value the current state of what the command created or changed
 * @param replayed whether an earlier request with the same key ran the command
 */
public record CommandResult<T>(T value, boolean replayed) {

}
