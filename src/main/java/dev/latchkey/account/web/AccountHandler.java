package dev.latchkey.account.web;

import java.util.List;
import java.util.Locale;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.command.IdempotencyReceipts.Done;
import dev.latchkey.http.IdempotencyHeader;
import dev.latchkey.http.Locations;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.language.Languages;
import dev.latchkey.permission.Permission;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Accounts over HTTP.
 */
class AccountHandler {

	private final Accounts accounts;

	private final AccountSettings settings;

	private final AccessCheck access;

	private final Languages languages;

	AccountHandler(Accounts accounts, AccountSettings settings, AccessCheck access, Languages languages) {
		this.accounts = accounts;
		this.settings = settings;
		this.access = access;
		this.languages = languages;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return CurrentCaller.current()
			.zipWith(RequestBodies.read(request, AccountRequest.class))
			.flatMap((asked) -> this.accounts.create(asked.getT1(),
					RequestBodies.requireField("name", asked.getT2().name()), locale(asked.getT2()),
					IdempotencyHeader.of(request, "create account", asked.getT2())))
			.flatMap((done) -> created(request, done));
	}

	Mono<ServerResponse> mine(ServerRequest request) {
		return CurrentCaller.current()
			.flatMap((caller) -> this.accounts.of(caller.user()).map(AccountResponse::of).collectList())
			.flatMap((items) -> ServerResponse.ok().bodyValue(new AccountList(items)));
	}

	Mono<ServerResponse> find(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.accounts.find(account, caller.user()))
			.flatMap((row) -> ServerResponse.ok().bodyValue(AccountResponse.of(row)));
	}

	Mono<ServerResponse> setValidity(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.zipWith(RequestBodies.read(request, ValidityRequest.class))
			.flatMap((asked) -> this.settings.setValidity(account, asked.getT1().user(),
					ValidityDays.of(asked.getT2().expiresInDays())))
			.flatMap((row) -> ServerResponse.ok().bodyValue(AccountResponse.of(row)));
	}

	Mono<ServerResponse> access(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		Permission permission = permission(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.access.check(account, caller.user(), permission))
			.then(ServerResponse.noContent().build());
	}

	private Locale locale(AccountRequest request) {
		Locale chosen = this.languages.chosen(request.locale());
		return (chosen != null) ? chosen : Languages.DEFAULT;
	}

	private static Permission permission(ServerRequest request) {
		String key = request.queryParam("permission")
			.orElseThrow(() -> DomainException.malformed(DetailMessage.PERMISSION_WANTED).with("field", "permission"));
		return PermissionSet.ofKeys(List.of(key)).asSet().iterator().next();
	}

	private static Mono<ServerResponse> created(ServerRequest request, Done<Account> done) {
		return ServerResponse.created(Locations.below(request, done.result().id()))
			.headers(IdempotencyHeader.mark(done.replayed()))
			.bodyValue(AccountResponse.of(done.result()));
	}

	record AccountRequest(@Nullable String name, @Nullable String locale) {

	}

	record ValidityRequest(@Nullable Integer expiresInDays) {

	}

	record AccountList(List<AccountResponse> items) {

	}

}
