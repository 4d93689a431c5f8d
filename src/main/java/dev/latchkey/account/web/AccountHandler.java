package dev.latchkey.account.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.AccountRow;
import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Receipts.Done;
import dev.latchkey.http.Bodies;
import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.http.Locations;
import dev.latchkey.http.PathIds;
import dev.latchkey.language.Languages;
import dev.latchkey.permission.Permission;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Callers;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Validity;
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
		return Callers.current()
			.zipWith(Bodies.read(request, AccountRequest.class))
			.flatMap((asked) -> this.accounts.create(asked.getT1(), Bodies.required("name", asked.getT2().name()),
					locale(asked.getT2()), IdempotencyKey.of(request, "create account", asked.getT2())))
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

	Mono<ServerResponse> setValidity(ServerRequest request) {
		AccountId account = account(request);
		return Callers.current()
			.zipWith(Bodies.read(request, ValidityRequest.class))
			.flatMap((asked) -> this.settings.setValidity(account, asked.getT1().user(),
					Validity.of(asked.getT2().expiresInDays())))
			.flatMap((row) -> ServerResponse.ok().bodyValue(AccountResponse.of(row)));
	}

	Mono<ServerResponse> access(ServerRequest request) {
		AccountId account = account(request);
		Permission permission = permission(request);
		return Callers.current()
			.flatMap((caller) -> this.access.check(account, caller.user(), permission))
			.then(ServerResponse.noContent().build());
	}

	private Locale locale(AccountRequest request) {
		Locale chosen = this.languages.chosen(request.locale());
		return (chosen != null) ? chosen : Languages.DEFAULT;
	}

	static AccountId account(ServerRequest request) {
		return new AccountId(PathIds.uuid(request, "account"));
	}

	private static Permission permission(ServerRequest request) {
		String key = request.queryParam("permission")
			.orElseThrow(() -> DomainException.malformed(Detail.PERMISSION_WANTED).with("field", "permission"));
		return PermissionSet.ofKeys(List.of(key)).asSet().iterator().next();
	}

	private static Mono<ServerResponse> created(ServerRequest request, Done<AccountRow> done) {
		return ServerResponse.created(Locations.below(request, done.result().id()))
			.headers(IdempotencyKey.mark(done.replayed()))
			.bodyValue(AccountResponse.of(done.result()));
	}

	record AccountRequest(@Nullable String name, @Nullable String locale) {

	}

	record ValidityRequest(@Nullable Integer expiresInDays) {

	}

	record AccountList(List<AccountResponse> items) {

	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record AccountResponse(UUID id, String name, String locale, @Nullable Integer expiresInDays, boolean owner,
			int members, @Nullable Transfer ownershipTransfer, Instant createdAt) {

		static AccountResponse of(AccountRow row) {
			return new AccountResponse(row.id(), row.name(), row.locale(), row.validDays(), row.owner(),
					row.memberCount(), Transfer.of(row), row.createdAt());
		}

	}

	/**
	 * An open offer of the account to a member.
	 */
	record Transfer(UUID userId, String name, Instant expiresAt) {

		static @Nullable Transfer of(AccountRow row) {
			UUID to = row.transferTo();
			return (to != null) ? new Transfer(to, Objects.requireNonNull(row.transferName()),
					Objects.requireNonNull(row.transferExpiresAt())) : null;
		}

	}

}
