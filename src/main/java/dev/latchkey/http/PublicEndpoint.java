package dev.latchkey.http;

import org.springframework.http.HttpMethod;

/**
 * An endpoint that needs no session. Each feature declares its public endpoints as beans;
 * all other routes of the API require a signed-in caller.
 *
 * @param pattern a path pattern, without the configured path prefix
 */
public record PublicEndpoint(HttpMethod method, String pattern) {

}
