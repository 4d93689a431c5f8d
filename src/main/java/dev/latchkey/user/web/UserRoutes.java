package dev.latchkey.user.web;

import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Handover;
import dev.latchkey.http.OpenEndpoint;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.language.Languages;
import dev.latchkey.user.SignUpRequests;
import dev.latchkey.user.Verification;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where people sign up.
 */
@Configuration(proxyBeanMethods = false)
class UserRoutes {

	private static final String USERS = "/api/v1/users";

	private static final String VERIFICATION = "/api/v1/users/verification";

	@Bean
	RouterFunction<ServerResponse> signUpRoutes(SignUpRequests signUps, Verification verification,
			Languages languages) {
		UserHandler handler = new UserHandler(signUps, verification, languages);
		return RouterFunctions.route()
			.POST(USERS, handler::signUp)
			.POST(VERIFICATION, handler::verify)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	OpenEndpoint openSignUp() {
		return new OpenEndpoint(HttpMethod.POST, USERS);
	}

	@Bean
	OpenEndpoint openVerification() {
		return new OpenEndpoint(HttpMethod.POST, VERIFICATION);
	}

}
