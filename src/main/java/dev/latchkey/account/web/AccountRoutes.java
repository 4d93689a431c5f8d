package dev.latchkey.account.web;

import java.util.Set;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.AccountAccess;
import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.MemberQueries;
import dev.latchkey.account.Members;
import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.ListStreams;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.language.Languages;
import dev.latchkey.session.SessionEndings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Accounts, their members, and the access check.
 */
@Configuration(proxyBeanMethods = false)
class AccountRoutes {

	private static final String ACCOUNTS = "/api/v1/accounts";

	private static final String ACCOUNT = ACCOUNTS + "/{account}";

	private static final String ACCESS = ACCOUNT + "/access";

	private static final String VALIDITY = ACCOUNT + "/invitation-validity";

	private static final String MEMBERS = ACCOUNT + "/members";

	private static final String ME = MEMBERS + "/me";

	private static final String MEMBER = MEMBERS + "/{user}";

	private static final String MEMBER_PERMISSIONS = MEMBER + "/permissions";

	private static final MediaTypes LIST = MediaTypes.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON,
			MediaTypes.CSV);

	@Bean
	RouterFunction<ServerResponse> accountEndpoints(Accounts accounts, AccountSettings settings, AccessCheck access,
			Languages languages) {
		AccountHandler handler = new AccountHandler(accounts, settings, access, languages);
		return ApiRoutes.json()
			.query(ACCESS, Set.of("permission"))
			.routes((routes) -> routes.POST(ACCOUNTS, handler::create)
				.GET(ACCOUNTS, handler::mine)
				.GET(ACCOUNT, handler::find)
				.PUT(VALIDITY, handler::setValidity)
				.GET(ACCESS, handler::access));
	}

	@Bean
	RouterFunction<ServerResponse> memberEndpoints(Members members, MemberQueries queries, AccountAccess accountAccess,
			SessionEndings endings, ListStreams rows) {
		MemberHandler handler = new MemberHandler(members, queries, accountAccess);
		MemberStreamHandler streams = new MemberStreamHandler(queries, endings, rows);
		return ApiRoutes.json()
			.query(MEMBERS, Set.of("limit", "cursor", "q"))
			.offer("GET " + MEMBERS, LIST)
			.routes((routes) -> routes.GET(MEMBERS, LIST.preferring(MediaType.APPLICATION_NDJSON), streams::ndjson)
				.GET(MEMBERS, LIST.preferring(MediaTypes.CSV), streams::csv)
				.GET(MEMBERS, handler::list)
				.GET(ME, handler::me)
				.DELETE(ME, handler::leave)
				.GET(MEMBER, handler::find)
				.DELETE(MEMBER, handler::remove)
				.GET(MEMBER_PERMISSIONS, handler::permissions)
				.PUT(MEMBER_PERMISSIONS, handler::editPermissions));
	}

}
