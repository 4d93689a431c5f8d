package dev.latchkey.invitation;

/**
 * A line of a bulk request and the result that it would have now.
 */
public record CheckedLine(BulkLine line, BulkResult result) {
}
