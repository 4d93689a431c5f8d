package dev.latchkey.invitation;

/**
 * A line of a bulk request and its result. In a dry run, this is the result that it would
 * have now.
 */
public record CheckedLine(BulkLine line, BulkResult result) {
}
