package dev.latchkey.http;

import org.springframework.http.HttpMethod;

/**
 * A door that needs no session. Each feature names its own as beans; every route that
 * nobody named is closed to anonymous callers.
 *
 * @param pattern a path pattern, without the configured path prefix
 */
public record PublicEndpoint(HttpMethod method, String pattern) {

}
