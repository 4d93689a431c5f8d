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
 * Ownership transfers over HTTP. The open offer is part of the representation of the
 * account.
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
		return CurrentCaller.with(RequestBodies.read(request, OfferRequest.class),
				(caller, body) -> this.transfers
					.offer(account, caller, body.newOwner(), RequestBodies.requireField("password", body.password()))
					.then(render(account, caller)));
	}

	Mono<ServerResponse> endOffer(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.transfers.endOffer(account, caller.user()))
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
			.flatMap((found) -> ServerResponse.ok().bodyValue(AccountResponse.of(found)));
	}

	record OfferRequest(@Nullable String userId, @Nullable String password) {

		UserId newOwner() {
			return new UserId(PathVariables.uuid("userId", RequestBodies.requireField("userId", this.userId)));
		}

		@Override
		public String toString() {
			return "OfferRequest[" + this.userId + "]";
		}

	}

}
