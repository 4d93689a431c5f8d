package dev.latchkey.account.web;

import java.util.Map;
import java.util.Set;

import dev.latchkey.account.AccessCheck;
import dev.latchkey.account.AccountSettings;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.MemberLists;
import dev.latchkey.account.Members;
import dev.latchkey.account.OwnershipTransfers;
import dev.latchkey.account.Standing;
import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Handover;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.http.Representations;
import dev.latchkey.http.RowStreams;
import dev.latchkey.language.Languages;
import dev.latchkey.session.SessionEnds;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
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

	private static final String VALIDITY = ACCOUNT + "/invitation-validity";

	private static final String TRANSFER = ACCOUNT + "/ownership-transfer";

	private static final String MEMBERS = ACCOUNT + "/members";

	private static final String ME = MEMBERS + "/me";

	private static final String MEMBER = MEMBERS + "/{user}";

	private static final String MEMBER_PERMISSIONS = MEMBER + "/permissions";

	private static final Representations LIST = Representations.of(MediaType.APPLICATION_JSON,
			MediaType.APPLICATION_NDJSON, Representations.CSV);

	@Bean
	RouterFunction<ServerResponse> accountEndpoints(Accounts accounts, AccountSettings settings, AccessCheck access,
			Languages languages) {
		AccountHandler handler = new AccountHandler(accounts, settings, access, languages);
		return RouterFunctions.route()
			.POST(ACCOUNTS, handler::create)
			.GET(ACCOUNTS, handler::mine)
			.GET(ACCOUNT, handler::find)
			.PUT(VALIDITY, handler::setValidity)
			.GET(ACCESS, handler::access)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.only(Map.of(ACCESS, Set.of("permission"))))
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> ownershipTransferEndpoints(OwnershipTransfers transfers, Accounts accounts) {
		OwnershipTransferHandler handler = new OwnershipTransferHandler(transfers, accounts);
		return RouterFunctions.route()
			.PUT(TRANSFER, handler::offer)
			.DELETE(TRANSFER, handler::end)
			.POST(TRANSFER + "/accept", handler::accept)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.only(Map.of()))
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> memberEndpoints(Members members, MemberLists lists, Standing standing,
			SessionEnds ends, RowStreams rows) {
		MemberHandler handler = new MemberHandler(members, lists, standing);
		MemberStreamHandler streams = new MemberStreamHandler(lists, ends, rows);
		return RouterFunctions.route()
			.GET(MEMBERS, LIST.preferring(MediaType.APPLICATION_NDJSON), streams::ndjson)
			.GET(MEMBERS, LIST.preferring(Representations.CSV), streams::csv)
			.GET(MEMBERS, handler::list)
			.GET(ME, handler::me)
			.DELETE(ME, handler::leave)
			.GET(MEMBER, handler::find)
			.DELETE(MEMBER, handler::remove)
			.GET(MEMBER_PERMISSIONS, handler::permissions)
			.PUT(MEMBER_PERMISSIONS, handler::editPermissions)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.jsonOr(Map.of("GET " + MEMBERS, LIST)))
			.filter(QueryParameters.only(Map.of(MEMBERS, Set.of("limit", "cursor", "q"))))
			.build();
	}

}
