package dev.latchkey.account.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.AccountRow;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Receipts.Done;
import dev.latchkey.http.Bodies;
import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.http.Locations;
import dev.latchkey.http.PathIds;
import dev.latchkey.permission.Permission;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Callers;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Accounts over HTTP.
 */
class AccountHandler {

	private final Accounts accounts;

	private final AccessCheck access;

	AccountHandler(Accounts accounts, AccessCheck access) {
		this.accounts = accounts;
		this.access = access;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return Callers.current()
			.zipWith(Bodies.read(request, AccountRequest.class))
			.flatMap((asked) -> this.accounts.create(asked.getT1(), Bodies.required("name", asked.getT2().name()),
					IdempotencyKey.of(request, "create account", asked.getT2())))
			.flatMap((done) -> created(request, done));
	}

	Mono<ServerResponse> mine(ServerRequest request) {
		return Callers.current()
			.flatMap((caller) -> this.accounts.of(caller.user()).map(AccountResponse::of).collectList())
			.flatMap((items) -> ServerResponse.ok().bodyValue(new AccountList(items)));
	}

	Mono<ServerResponse> find(ServerRequest request) {
		AccountId account = account(request);
		return Callers.current()
			.flatMap((caller) -> this.accounts.find(account, caller.user()))
			.flatMap((row) -> ServerResponse.ok().bodyValue(AccountResponse.of(row)));
	}

	Mono<ServerResponse> access(ServerRequest request) {
		AccountId account = account(request);
		Permission permission = permission(request);
		return Callers.current()
			.flatMap((caller) -> this.access.check(account, caller.user(), permission))
			.then(ServerResponse.noContent().build());
	}

	static AccountId account(ServerRequest request) {
		return new AccountId(PathIds.uuid(request, "account"));
	}

	private static Permission permission(ServerRequest request) {
		String key = request.queryParam("permission")
			.orElseThrow(() -> DomainException.malformed("Which permission? Add ?permission=… to the query.")
				.with("field", "permission"));
		return PermissionSet.ofKeys(List.of(key)).asSet().iterator().next();
	}

	private static Mono<ServerResponse> created(ServerRequest request, Done<AccountRow> done) {
		return ServerResponse.created(Locations.below(request, done.result().id()))
			.headers(IdempotencyKey.mark(done.replayed()))
			.bodyValue(AccountResponse.of(done.result()));
	}

	record AccountRequest(@Nullable String name) {

	}

	record AccountList(List<AccountResponse> items) {

	}

	record AccountResponse(UUID id, String name, boolean owner, int members, Instant createdAt) {

		static AccountResponse of(AccountRow row) {
			return new AccountResponse(row.id(), row.name(), row.owner(), row.memberCount(), row.createdAt());
		}

	}

}
