/**
 * Building blocks of the HTTP API: request bodies, queries, media types, entity tags,
 * streamed lists.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
