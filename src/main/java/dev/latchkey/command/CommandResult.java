package dev.latchkey.command;

/**
 * The result of a command that clients can repeat: with the same {@link IdempotencyKey},
 * or with the same link.
 *
 * @param value the current state of what the command created or changed
 * @param replayed whether an earlier request ran the command, so that this request
 * changed nothing
 */
public record CommandResult<T>(T value, boolean replayed) {

}
