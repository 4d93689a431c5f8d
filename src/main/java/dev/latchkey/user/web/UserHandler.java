package dev.latchkey.user.web;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.http.AcceptLanguage;
import dev.latchkey.http.Bodies;
import dev.latchkey.http.Source;
import dev.latchkey.language.Languages;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.user.SignUpRequests;
import dev.latchkey.user.User;
import dev.latchkey.user.Verification;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Signing up over HTTP.
 */
class UserHandler {

	private final SignUpRequests signUps;

	private final Verification verification;

	private final Languages languages;

	UserHandler(SignUpRequests signUps, Verification verification, Languages languages) {
		this.signUps = signUps;
		this.verification = verification;
		this.languages = languages;
	}

	Mono<ServerResponse> signUp(ServerRequest request) {
		Locale language = AcceptLanguage.of(request, this.languages).language();
		return Bodies.read(request, SignUpRequest.class)
			.map((body) -> EmailAddress.of(Bodies.required("email", body.email())))
			.flatMap((email) -> this.signUps.request(email, language, Source.of(request)))
			.then(ServerResponse.accepted().build());
	}

	Mono<ServerResponse> verify(ServerRequest request) {
		return Bodies.read(request, VerificationRequest.class)
			.flatMap((body) -> this.verification.confirm(Bodies.required("token", body.token()),
					Bodies.required("name", body.name()), Bodies.required("password", body.password())))
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
