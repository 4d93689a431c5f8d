package dev.latchkey.http;

import org.springframework.http.HttpMethod;

/**
 * An endpoint that needs no session. Each feature declares its own as beans; all other
 * routes are closed to anonymous callers.
 *
 * @param pattern a path pattern, without the configured path prefix
 */
public record PublicEndpoint(HttpMethod method, String pattern) {

}
