package dev.latchkey.session.web;

import dev.latchkey.http.Bodies;
import dev.latchkey.http.Source;
import dev.latchkey.session.PasswordReset;
import dev.latchkey.session.PasswordResetRequests;
import dev.latchkey.shared.EmailAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Password resets over HTTP.
 */
class PasswordResetHandler {

	private final PasswordResetRequests requests;

	private final PasswordReset reset;

	PasswordResetHandler(PasswordResetRequests requests, PasswordReset reset) {
		this.requests = requests;
		this.reset = reset;
	}

	Mono<ServerResponse> request(ServerRequest request) {
		return Bodies.read(request, ResetRequest.class)
			.map((body) -> EmailAddress.of(Bodies.required("email", body.email())))
			.flatMap((email) -> this.requests.request(email, Source.of(request)))
			.then(ServerResponse.accepted().build());
	}

	Mono<ServerResponse> confirm(ServerRequest request) {
		return Bodies.read(request, ConfirmationRequest.class)
			.flatMap((body) -> this.reset.confirm(Bodies.required("token", body.token()),
					Bodies.required("password", body.password())))
			.then(ServerResponse.noContent().build());
	}

	record ResetRequest(@Nullable String email) {

	}

	record ConfirmationRequest(@Nullable String token, @Nullable String password) {

		@Override
		public String toString() {
			return "ConfirmationRequest";
		}

	}

}
