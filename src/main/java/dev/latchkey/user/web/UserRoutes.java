package dev.latchkey.user.web;

import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.language.Languages;
import dev.latchkey.user.SignUpConfirmation;
import dev.latchkey.user.SignUpRequests;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The endpoints of sign-up.
 */
@Configuration(proxyBeanMethods = false)
class UserRoutes {

	private static final String USERS = "/api/v1/users";

	private static final String VERIFICATION = "/api/v1/users/verification";

	@Bean
	RouterFunction<ServerResponse> signUpRoutes(SignUpRequests signUps, SignUpConfirmation confirmation,
			Languages languages) {
		UserHandler handler = new UserHandler(signUps, confirmation, languages);
		return ApiRoutes.json()
			.routes((routes) -> routes.POST(USERS, handler::signUp).POST(VERIFICATION, handler::confirm));
	}

	@Bean
	PublicEndpoint signUpEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, USERS);
	}

	@Bean
	PublicEndpoint verificationEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, VERIFICATION);
	}

}
