package dev.latchkey.account.web;

import java.util.List;
import java.util.Locale;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.command.CommandResult;
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

	private final AccessCheck accessCheck;

	private final Languages languages;

	AccountHandler(Accounts accounts, AccountSettings settings, AccessCheck accessCheck, Languages languages) {
		this.accounts = accounts;
		this.settings = settings;
		this.accessCheck = accessCheck;
		this.languages = languages;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return CurrentCaller
			.with(RequestBodies.read(request, AccountRequest.class),
					(caller, body) -> this.accounts.create(caller, RequestBodies.requireField("name", body.name()),
							locale(body), IdempotencyHeader.of(request, "create account", body)))
			.flatMap((result) -> created(request, result));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return CurrentCaller.current()
			.flatMap((caller) -> this.accounts.findAll(caller.user()).map(AccountResponse::of).collectList())
			.flatMap((items) -> ServerResponse.ok().bodyValue(new AccountList(items)));
	}

	Mono<ServerResponse> find(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.accounts.find(account, caller.user()))
			.flatMap(AccountHandler::ok);
	}

	Mono<ServerResponse> setValidity(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller
			.with(RequestBodies.read(request, ValidityRequest.class),
					(caller, body) -> this.settings.setValidity(account, caller.user(),
							ValidityDays.of(body.expiresInDays())))
			.flatMap(AccountHandler::ok);
	}

	Mono<ServerResponse> checkAccess(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		Permission permission = permission(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.accessCheck.check(account, caller.user(), permission))
			.then(ServerResponse.noContent().build());
	}

	private Locale locale(AccountRequest request) {
		Locale chosen = this.languages.parseTag(request.locale());
		return (chosen != null) ? chosen : Languages.DEFAULT;
	}

	private static Permission permission(ServerRequest request) {
		String key = request.queryParam("permission")
			.orElseThrow(() -> DomainException.malformed(DetailMessage.PERMISSION_PARAMETER_MISSING)
				.with("field", "permission"));
		return PermissionSet.ofKeys(List.of(key)).asSet().iterator().next();
	}

	private static Mono<ServerResponse> ok(Account account) {
		return ServerResponse.ok().bodyValue(AccountResponse.of(account));
	}

	private static Mono<ServerResponse> created(ServerRequest request, CommandResult<Account> result) {
		return ServerResponse.created(Locations.below(request, result.value().id()))
			.headers(IdempotencyHeader.mark(result.replayed()))
			.bodyValue(AccountResponse.of(result.value()));
	}

	record AccountRequest(@Nullable String name, @Nullable String locale) {

	}

	record ValidityRequest(@Nullable Integer expiresInDays) {

	}

	record AccountList(List<AccountResponse> items) {

	}

}
