package dev.latchkey.session.web;

import java.net.InetSocketAddress;
import java.util.List;

import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.server.ServerParts;
import dev.latchkey.session.SessionFixture;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.testing.RouterClient;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of sessions with the real access rules, over services with stores in memory.
 * The public URL is https://portal.example.test, and pages of
 * https://console.example.test may use the API.
 */
final class SecuredRoutes {

	static final String ORIGIN = "https://portal.example.test";

	static final String ALLOWED_ORIGIN = "https://console.example.test";

	static final String ADDRESS = "192.0.2.7";

	private final SessionFixture fixture = new SessionFixture();

	private final SecurityConfiguration configuration = new SecurityConfiguration();

	private final PublicUrl publicUrl = PublicUrl.of(ORIGIN);

	private final SessionCookie cookie = this.configuration.sessionCookie(this.publicUrl);

	SessionFixture fixture() {
		return this.fixture;
	}

	/**
	 * A client of the routes for sessions and password resets, and of the path
	 * {@code /outside}, which is not part of the API.
	 */
	WebTestClient client() {
		SessionRoutes routes = new SessionRoutes();
		SessionResponses responses = routes.sessionResponses(this.cookie, SessionFixture.PROPERTIES);
		return client(
				List.of(routes.signInRoutes(this.fixture.signIn(), this.fixture.sessions(), responses, this.cookie),
						routes.passwordResetRoutes(this.fixture.passwordResetRequests(),
								this.fixture.passwordResetConfirmation()),
						RouterFunctions.route().GET("/outside", (request) -> ServerResponse.ok().build()).build()),
				List.of(routes.signInEndpoint(), routes.passwordResetEndpoint(),
						routes.passwordResetConfirmationEndpoint(),
						new PublicEndpoint(HttpMethod.GET, "/api/v1/public")));
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private WebTestClient client(List<RouterFunction<ServerResponse>> routes, List<PublicEndpoint> endpoints) {
		SecurityWebFilterChain chain = this.configuration.securityFilterChain(ServerHttpSecurity.http(),
				this.fixture.sessions(), this.cookie, endpoints, ServerParts.allowedMethods(routes));
		WebFilterChainProxy security = new WebFilterChainProxy(chain);
		security.setFirewall(this.configuration.firewall());
		security.setExchangeRejectedHandler(this.configuration.rejectedRequestHandler());
		return RouterClient.of(routes.toArray(RouterFunction[]::new))
			.from(new InetSocketAddress(ADDRESS, 40_000))
			.filter(this.configuration.csrfFilter(this.cookie, this.publicUrl,
					ServerParts.allowedOrigins(ALLOWED_ORIGIN)), security)
			.build();
	}

}
