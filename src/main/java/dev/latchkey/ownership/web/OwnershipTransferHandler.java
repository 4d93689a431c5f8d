package dev.latchkey.ownership.web;

import dev.latchkey.account.Accounts;
import dev.latchkey.account.web.AccountResponse;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.ownership.OwnershipTransfers;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handing an account over, over HTTP. The state of it is part of the account.
 */
class OwnershipTransferHandler {

	private final OwnershipTransfers transfers;

	private final Accounts accounts;

	OwnershipTransferHandler(OwnershipTransfers transfers, Accounts accounts) {
		this.transfers = transfers;
		this.accounts = accounts;
	}

	Mono<ServerResponse> offer(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.zipWith(RequestBodies.read(request, OfferRequest.class))
			.flatMap((asked) -> this.transfers
				.offer(account, asked.getT1(), asked.getT2().heir(),
						RequestBodies.requireField("password", asked.getT2().password()))
				.then(render(account, asked.getT1())));
	}

	Mono<ServerResponse> end(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.transfers.end(account, caller.user()))
			.then(ServerResponse.noContent().build());
	}

	Mono<ServerResponse> accept(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return RequestBodies.requireEmpty(request)
			.then(CurrentCaller.current())
			.flatMap((caller) -> this.transfers.accept(account, caller.user()).then(render(account, caller)));
	}

	private Mono<ServerResponse> render(AccountId account, Caller caller) {
		return this.accounts.find(account, caller.user())
			.flatMap((row) -> ServerResponse.ok().bodyValue(AccountResponse.of(row)));
	}

	record OfferRequest(@Nullable String userId, @Nullable String password) {

		UserId heir() {
			return new UserId(PathVariables.uuid("userId", RequestBodies.requireField("userId", this.userId)));
		}

		@Override
		public String toString() {
			return "OfferRequest[" + this.userId + "]";
		}

	}

}
