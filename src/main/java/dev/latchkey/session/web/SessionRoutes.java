package dev.latchkey.session.web;

import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Handover;
import dev.latchkey.http.OpenEndpoint;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.session.PasswordReset;
import dev.latchkey.session.PasswordResetRequests;
import dev.latchkey.session.SessionProperties;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where people sign in and out and reset their password.
 */
@Configuration(proxyBeanMethods = false)
@Import(Guard.class)
class SessionRoutes {

	private static final String SESSION = "/api/v1/session";

	private static final String RESETS = "/api/v1/password-resets";

	private static final String RESET_CONFIRMATION = "/api/v1/password-resets/confirmation";

	@Bean
	SessionAnswers sessionAnswers(SessionCookie cookie, SessionProperties properties) {
		return new SessionAnswers(cookie, properties.longest());
	}

	@Bean
	RouterFunction<ServerResponse> signInRoutes(SignIn signIn, Sessions sessions, SessionAnswers answers,
			SessionCookie cookie) {
		SessionHandler handler = new SessionHandler(signIn, sessions, answers, cookie);
		return RouterFunctions.route()
			.POST(SESSION, handler::signIn)
			.GET(SESSION, handler::whoAmI)
			.DELETE(SESSION, handler::signOut)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> passwordResetRoutes(PasswordResetRequests requests, PasswordReset reset) {
		PasswordResetHandler handler = new PasswordResetHandler(requests, reset);
		return RouterFunctions.route()
			.POST(RESETS, handler::request)
			.POST(RESET_CONFIRMATION, handler::confirm)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	OpenEndpoint openSignIn() {
		return new OpenEndpoint(HttpMethod.POST, SESSION);
	}

	@Bean
	OpenEndpoint openPasswordReset() {
		return new OpenEndpoint(HttpMethod.POST, RESETS);
	}

	@Bean
	OpenEndpoint openPasswordResetConfirmation() {
		return new OpenEndpoint(HttpMethod.POST, RESET_CONFIRMATION);
	}

}
