package dev.latchkey.invitation.web;

import java.util.Map;
import java.util.Set;

import dev.latchkey.feed.EventLog;
import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Handover;
import dev.latchkey.http.JsonLines;
import dev.latchkey.http.OpenEndpoint;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.http.Representations;
import dev.latchkey.http.RowStreams;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.DeliveryReports;
import dev.latchkey.invitation.InvitationLists;
import dev.latchkey.invitation.InvitationProperties;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.invitation.InviteeLanguage;
import dev.latchkey.invitation.MyInvitations;
import dev.latchkey.language.Languages;
import dev.latchkey.session.SessionEnds;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.web.SessionAnswers;
import dev.latchkey.signal.Departure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The owner's side of invitations under the account, the invitee's side under the link.
 */
@Configuration(proxyBeanMethods = false)
class InvitationRoutes {

	private static final String INVITATIONS = "/api/v1/accounts/{account}/invitations";

	private static final String INVITATION = INVITATIONS + "/{invitation}";

	private static final String PREVIEW = "/api/v1/invitations/preview";

	private static final String ACCEPT = "/api/v1/invitations/accept";

	private static final String DECLINE = "/api/v1/invitations/decline";

	private static final Map<String, Set<String>> LIST_QUERY = Map.of(INVITATIONS,
			Set.of("status", "q", "limit", "cursor"));

	private static final Representations LIST = Representations.of(MediaType.APPLICATION_JSON,
			MediaType.APPLICATION_NDJSON, Representations.CSV);

	@Bean
	RouterFunction<ServerResponse> invitationEndpoints(Invitations invitations, InvitationLists lists,
			DeliveryReports deliveries, EventLog log, Languages languages) {
		InvitationHandler handler = new InvitationHandler(invitations, lists, languages);
		InvitationDetailHandler details = new InvitationDetailHandler(invitations, deliveries, log);
		return RouterFunctions.route()
			.POST(INVITATIONS, handler::create)
			.GET(INVITATIONS, handler::list)
			.GET(INVITATION, details::find)
			.GET(INVITATION + "/events", details::timeline)
			.GET(INVITATION + "/permissions", handler::permissions)
			.PUT(INVITATION + "/permissions", handler::editPermissions)
			.POST(INVITATION + "/resend", handler::resend)
			.POST(INVITATION + "/revoke", handler::revoke)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.only(LIST_QUERY))
			.build();
	}

	/**
	 * Before the others: they answer whatever is not asked for as a stream.
	 */
	@Bean
	@Order(0)
	RouterFunction<ServerResponse> invitationStreams(BulkInvitations bulk, InvitationLists lists, SessionEnds ends,
			Departure departure, JsonLines json, RowStreams rows, InvitationProperties properties,
			Languages languages) {
		BulkHandler creating = new BulkHandler(bulk, ends, departure, json, properties, languages);
		InvitationStreamHandler listing = new InvitationStreamHandler(lists, ends, rows);
		return RouterFunctions.route()
			.POST(INVITATIONS, Representations.sent(MediaType.APPLICATION_NDJSON), creating::ndjson)
			.POST(INVITATIONS, Representations.sent(Representations.CSV), creating::csv)
			.GET(INVITATIONS, LIST.preferring(MediaType.APPLICATION_NDJSON), listing::ndjson)
			.GET(INVITATIONS, LIST.preferring(Representations.CSV), listing::csv)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.jsonOr(Map.of("GET " + INVITATIONS, LIST, "POST " + INVITATIONS,
					Representations.of(MediaType.APPLICATION_NDJSON))))
			.filter(QueryParameters.only(LIST_QUERY))
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> inviteeEndpoints(Acceptance acceptance, MyInvitations mine, Sessions sessions,
			SessionAnswers answers, InviteeLanguage language, Languages languages) {
		InviteeHandler handler = new InviteeHandler(acceptance, mine, language, languages);
		AcceptanceHandler accepting = new AcceptanceHandler(acceptance, sessions, answers, language);
		return RouterFunctions.route()
			.POST(PREVIEW, handler::preview)
			.POST(ACCEPT, accepting::accept)
			.POST(DECLINE, handler::decline)
			.GET("/api/v1/me/invitations", handler::mine)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	OpenEndpoint openPreview() {
		return new OpenEndpoint(HttpMethod.POST, PREVIEW);
	}

	@Bean
	OpenEndpoint openAccept() {
		return new OpenEndpoint(HttpMethod.POST, ACCEPT);
	}

	@Bean
	OpenEndpoint openDecline() {
		return new OpenEndpoint(HttpMethod.POST, DECLINE);
	}

}
