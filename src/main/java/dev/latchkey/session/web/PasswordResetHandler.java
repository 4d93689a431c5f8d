package dev.latchkey.session.web;

import dev.latchkey.http.ClientAddress;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.session.PasswordResetConfirmation;
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

	private final PasswordResetConfirmation confirmation;

	PasswordResetHandler(PasswordResetRequests requests, PasswordResetConfirmation confirmation) {
		this.requests = requests;
		this.confirmation = confirmation;
	}

	Mono<ServerResponse> request(ServerRequest request) {
		return RequestBodies.read(request, ResetRequest.class)
			.map((body) -> EmailAddress.of(RequestBodies.requireField("email", body.email())))
			.flatMap((email) -> this.requests.request(email, ClientAddress.of(request)))
			.then(ServerResponse.accepted().build());
	}

	Mono<ServerResponse> confirm(ServerRequest request) {
		return RequestBodies.read(request, ConfirmationRequest.class)
			.flatMap((body) -> this.confirmation.confirm(RequestBodies.requireField("token", body.token()),
					RequestBodies.requireField("password", body.password()), ClientAddress.of(request)))
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
