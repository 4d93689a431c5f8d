package dev.latchkey.invitation.web;

import java.util.Set;

import dev.latchkey.feed.EventLog;
import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.ListStreams;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.http.Ndjson;
import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.DeliveryReports;
import dev.latchkey.invitation.InvitationProperties;
import dev.latchkey.invitation.InvitationQueries;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.invitation.InviteeLanguage;
import dev.latchkey.invitation.NewUserAcceptance;
import dev.latchkey.invitation.ReceivedInvitations;
import dev.latchkey.language.Languages;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.web.SessionResponses;
import dev.latchkey.shutdown.ShutdownSignal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of invitations. The owner's endpoints are below the account; the invitee's
 * endpoints take the token of a link.
 */
@Configuration(proxyBeanMethods = false)
class InvitationRoutes {

	private static final String INVITATIONS = "/api/v1/accounts/{account}/invitations";

	private static final String INVITATION = INVITATIONS + "/{invitation}";

	private static final String PREVIEW = "/api/v1/invitations/preview";

	private static final String ACCEPT = "/api/v1/invitations/accept";

	private static final String DECLINE = "/api/v1/invitations/decline";

	private static final Set<String> LIST_QUERY = Set.of("status", "q", "limit", "cursor");

	private static final MediaTypes LIST = MediaTypes.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON,
			MediaTypes.CSV);

	@Bean
	RouterFunction<ServerResponse> invitationEndpoints(Invitations invitations, InvitationQueries queries,
			DeliveryReports deliveries, EventLog log, Languages languages) {
		return ownerRoutes(new InvitationHandler(invitations, queries, languages),
				new InvitationDetailHandler(invitations, deliveries, log::of));
	}

	static RouterFunction<ServerResponse> ownerRoutes(InvitationHandler handler, InvitationDetailHandler details) {
		return ApiRoutes.json()
			.query(INVITATIONS, LIST_QUERY)
			.query(HttpMethod.POST, INVITATIONS, Set.of(BulkHandler.DRY_RUN))
			.routes((routes) -> routes.POST(INVITATIONS, handler::create)
				.GET(INVITATIONS, handler::list)
				.GET(INVITATION, details::find)
				.GET(INVITATION + "/events", details::timeline)
				.GET(INVITATION + "/permissions", handler::permissions)
				.PUT(INVITATION + "/permissions", handler::editPermissions)
				.POST(INVITATION + "/resend", handler::resend)
				.POST(INVITATION + "/revoke", handler::revoke));
	}

	/**
	 * These routes come before the others on the same path, which accept all media types.
	 */
	@Bean
	@Order(0)
	RouterFunction<ServerResponse> invitationStreams(BulkInvitations bulk, InvitationQueries queries,
			SessionEndings endings, ShutdownSignal shutdown, Ndjson json, ListStreams streams,
			InvitationProperties properties, Languages languages) {
		BulkHandler bulkHandler = new BulkHandler(bulk, endings, shutdown, json, properties, languages);
		InvitationListHandler lists = new InvitationListHandler(queries, endings, streams);
		return ApiRoutes.json()
			.query(INVITATIONS, LIST_QUERY)
			.query(HttpMethod.POST, INVITATIONS, Set.of(BulkHandler.DRY_RUN))
			.offer("GET " + INVITATIONS, LIST)
			.offer("POST " + INVITATIONS, MediaTypes.of(MediaType.APPLICATION_NDJSON))
			.routes((routes) -> routes
				.POST(INVITATIONS, MediaTypes.hasContentType(MediaType.APPLICATION_NDJSON), bulkHandler::ndjson)
				.POST(INVITATIONS, MediaTypes.hasContentType(MediaTypes.CSV), bulkHandler::csv)
				.GET(INVITATIONS, LIST.preferring(MediaType.APPLICATION_NDJSON), lists::ndjson)
				.GET(INVITATIONS, LIST.preferring(MediaTypes.CSV), lists::csv));
	}

	@Bean
	RouterFunction<ServerResponse> inviteeEndpoints(Acceptance acceptance, NewUserAcceptance newUserAcceptance,
			ReceivedInvitations received, SignIn signIn, Sessions sessions, SessionResponses responses,
			InviteeLanguage language, Languages languages) {
		return inviteeRoutes(new InviteeHandler(acceptance, received, language, languages), new AcceptanceHandler(
				acceptance, newUserAcceptance, signIn::signInNewUser, sessions::replace, responses, language));
	}

	static RouterFunction<ServerResponse> inviteeRoutes(InviteeHandler handler, AcceptanceHandler acceptanceHandler) {
		return ApiRoutes.json()
			.routes((routes) -> routes.POST(PREVIEW, handler::preview)
				.POST(ACCEPT, acceptanceHandler::accept)
				.POST(DECLINE, handler::decline)
				.GET("/api/v1/me/invitations", handler::listReceived));
	}

	@Bean
	PublicEndpoint previewEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, PREVIEW);
	}

	@Bean
	PublicEndpoint acceptEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, ACCEPT);
	}

	@Bean
	PublicEndpoint declineEndpoint() {
		return new PublicEndpoint(HttpMethod.POST, DECLINE);
	}

}
