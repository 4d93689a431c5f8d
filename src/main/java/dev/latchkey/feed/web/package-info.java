/** The event log over HTTP: a stream of server-sent events, or pages. */
@NullMarked
package dev.latchkey.feed.web;

import org.jspecify.annotations.NullMarked;
