/** The event log over HTTP: as a live stream, in pages or as one list. */
@NullMarked
package dev.latchkey.feed.web;

import org.jspecify.annotations.NullMarked;
