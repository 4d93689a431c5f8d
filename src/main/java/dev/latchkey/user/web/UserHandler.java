package dev.latchkey.user.web;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.http.ClientAddress;
import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.language.Languages;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.user.SignUpConfirmation;
import dev.latchkey.user.SignUpRequests;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles sign-up requests.
 */
class UserHandler {

	private final SignUpRequests requests;

	private final SignUpConfirmation confirmation;

	private final Languages languages;

	UserHandler(SignUpRequests requests, SignUpConfirmation confirmation, Languages languages) {
		this.requests = requests;
		this.confirmation = confirmation;
		this.languages = languages;
	}

	Mono<ServerResponse> signUp(ServerRequest request) {
		Locale language = LanguageNegotiation.of(request, this.languages).language();
		return RequestBodies.read(request, SignUpRequest.class)
			.map((body) -> EmailAddress.of(RequestBodies.requireField("email", body.email())))
			.flatMap((email) -> this.requests.request(email, language, ClientAddress.of(request)))
			.then(ServerResponse.accepted().build());
	}

	Mono<ServerResponse> confirm(ServerRequest request) {
		return RequestBodies.read(request, VerificationRequest.class)
			.flatMap((body) -> this.confirmation.confirm(RequestBodies.requireField("token", body.token()),
					RequestBodies.requireField("name", body.name()),
					RequestBodies.requireField("password", body.password()), ClientAddress.of(request)))
			.flatMap((user) -> ServerResponse.status(HttpStatus.CREATED).bodyValue(UserResponse.of(user)));
	}

	record SignUpRequest(@Nullable String email) {

	}

	record VerificationRequest(@Nullable String token, @Nullable String name, @Nullable String password) {

		@Override
		public String toString() {
			return "VerificationRequest";
		}

	}

	record UserResponse(UUID id, String email, String name) {

		static UserResponse of(User user) {
			return new UserResponse(user.id(), user.email(), user.name());
		}

	}

}
