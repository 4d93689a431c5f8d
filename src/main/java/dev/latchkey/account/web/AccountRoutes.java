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
 * The endpoints for accounts, members and the access check.
 */
@Configuration(proxyBeanMethods = false)
class AccountRoutes {

	private static final String ACCOUNTS = "/api/v1/accounts";

	private static final String ACCOUNT = ACCOUNTS + "/{account}";

	private static final String ACCESS = ACCOUNT + "/access";

	private static final String VALIDITY = ACCOUNT + "/invitation-validity";

	private static final String MEMBERS = ACCOUNT + "/members";

	private static final String OWN_MEMBERSHIP = MEMBERS + "/me";

	private static final String MEMBER = MEMBERS + "/{user}";

	private static final String MEMBER_PERMISSIONS = MEMBER + "/permissions";

	private static final MediaTypes LIST_TYPES = MediaTypes.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON,
			MediaTypes.CSV);

	@Bean
	RouterFunction<ServerResponse> accountEndpoints(Accounts accounts, AccountSettings settings,
			AccessCheck accessCheck, Languages languages) {
		AccountHandler handler = new AccountHandler(accounts, settings, accessCheck, languages);
		return ApiRoutes.json()
			.query(ACCESS, Set.of("permission"))
			.routes((routes) -> routes.POST(ACCOUNTS, handler::create)
				.GET(ACCOUNTS, handler::list)
				.GET(ACCOUNT, handler::find)
				.PUT(VALIDITY, handler::setValidity)
				.GET(ACCESS, handler::checkAccess));
	}

	@Bean
	RouterFunction<ServerResponse> memberEndpoints(Members members, MemberQueries queries, AccountAccess accountAccess,
			SessionEndings endings, ListStreams listStreams) {
		return memberRoutes(new MemberHandler(members, queries, accountAccess),
				new MemberStreamHandler(queries, endings::failAtEnd, listStreams));
	}

	static RouterFunction<ServerResponse> memberRoutes(MemberHandler handler, MemberStreamHandler streamHandler) {
		return ApiRoutes.json()
			.query(MEMBERS, Set.of("limit", "cursor", "q"))
			.offer("GET " + MEMBERS, LIST_TYPES)
			.routes((routes) -> routes
				.GET(MEMBERS, LIST_TYPES.preferring(MediaType.APPLICATION_NDJSON), streamHandler::ndjson)
				.GET(MEMBERS, LIST_TYPES.preferring(MediaTypes.CSV), streamHandler::csv)
				.GET(MEMBERS, handler::list)
				.GET(OWN_MEMBERSHIP, handler::findOwn)
				.DELETE(OWN_MEMBERSHIP, handler::leave)
				.GET(MEMBER, handler::find)
				.DELETE(MEMBER, handler::remove)
				.GET(MEMBER_PERMISSIONS, handler::permissions)
				.PUT(MEMBER_PERMISSIONS, handler::editPermissions));
	}

}
