package dev.latchkey.session.web;

import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.session.PasswordResetConfirmation;
import dev.latchkey.session.PasswordResetRequests;
import dev.latchkey.session.SessionProperties;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The endpoints for sign-in, sign-out and password resets.
 */
@Configuration(proxyBeanMethods = false)
@Import(SecurityConfiguration.class)
class SessionRoutes {

	private static final String SESSION = "/api/v1/session";

	private static final String PASSWORD_RESETS = "/api/v1/password-resets";

	private static final String PASSWORD_RESET_CONFIRMATION = PASSWORD_RESETS + "/confirmation";

	@Bean
	SessionResponses sessionResponses(SessionCookie cookie, SessionProperties properties) {
		return new SessionResponses(cookie, properties.absoluteTimeout());
	}

	@Bean
	RouterFunction<ServerResponse> signInRoutes(SignIn signIn, Sessions sessions, SessionResponses responses,
			SessionCookie cookie) {
		SessionHandler handler = new SessionHandler(signIn, sessions, responses, cookie);
		return ApiRoutes.json()
			.routes((routes) -> routes.POST(SESSION, handler::signIn)
				.GET(SESSION, handler::find)
				.DELETE(SESSION, handler::signOut));
	}

	@Bean
	RouterFunction<ServerResponse> passwordResetRoutes(PasswordResetRequests requests,
			PasswordResetConfirmation confirmation) {
		PasswordResetHandler handler = new PasswordResetHandler(requests, confirmation);
		return ApiRoutes.json()
			.routes((routes) -> routes.POST(PASSWORD_RESETS, handler::request)
				.POST(PASSWORD_RESET_CONFIRMATION, handler::confirm));
	}

	@Bean
	PublicEndpoint signInEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, SESSION);
	}

	@Bean
	PublicEndpoint passwordResetEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, PASSWORD_RESETS);
	}

	@Bean
	PublicEndpoint passwordResetConfirmationEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, PASSWORD_RESET_CONFIRMATION);
	}

}
