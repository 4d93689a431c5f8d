package dev.latchkey.account.web;

import java.util.Map;
import java.util.Set;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.MemberLists;
import dev.latchkey.account.Members;
import dev.latchkey.account.Standing;
import dev.latchkey.http.Handover;
import dev.latchkey.http.QueryParameters;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Accounts, their members, and the access check.
 */
@Configuration(proxyBeanMethods = false)
class AccountRoutes {

	private static final String ACCOUNTS = "/api/v1/accounts";

	private static final String ACCOUNT = ACCOUNTS + "/{account}";

	private static final String ACCESS = ACCOUNT + "/access";

	private static final String MEMBERS = ACCOUNT + "/members";

	private static final String ME = MEMBERS + "/me";

	private static final String MEMBER = MEMBERS + "/{user}";

	private static final String MEMBER_PERMISSIONS = MEMBER + "/permissions";

	@Bean
	RouterFunction<ServerResponse> accountEndpoints(Accounts accounts, AccessCheck access) {
		AccountHandler handler = new AccountHandler(accounts, access);
		return RouterFunctions.route()
			.POST(ACCOUNTS, handler::create)
			.GET(ACCOUNTS, handler::mine)
			.GET(ACCOUNT, handler::find)
			.GET(ACCESS, handler::access)
			.filter(Handover.ofAnswers())
			.filter(QueryParameters.only(Map.of(ACCESS, Set.of("permission"))))
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> memberEndpoints(Members members, MemberLists lists, Standing standing) {
		MemberHandler handler = new MemberHandler(members, lists, standing);
		return RouterFunctions.route()
			.GET(MEMBERS, handler::list)
			.GET(ME, handler::me)
			.DELETE(ME, handler::leave)
			.GET(MEMBER, handler::find)
			.DELETE(MEMBER, handler::remove)
			.GET(MEMBER_PERMISSIONS, handler::permissions)
			.PUT(MEMBER_PERMISSIONS, handler::editPermissions)
			.filter(Handover.ofAnswers())
			.filter(QueryParameters.only(Map.of(MEMBERS, Set.of("limit", "cursor", "q"))))
			.build();
	}

}
