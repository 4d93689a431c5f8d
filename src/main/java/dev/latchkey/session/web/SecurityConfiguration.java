package dev.latchkey.session.web;

import java.util.List;

import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.server.AllowedMethods;
import dev.latchkey.server.AllowedOrigins;
import dev.latchkey.session.Sessions;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.PublicUrl;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * Access rules for all routes. Every path under {@code /api} requires a signed-in caller
 * unless a module declares it as a {@link PublicEndpoint}. Paths outside {@code /api} are
 * public. Which account a caller can use is decided by the modules.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

	@Bean
	SessionCookie sessionCookie(PublicUrl publicUrl) {
		return new SessionCookie(publicUrl);
	}

	@Bean
	CsrfFilter csrfFilter(SessionCookie cookie, PublicUrl publicUrl, AllowedOrigins origins) {
		return new CsrfFilter(cookie, publicUrl, origins);
	}

	/**
	 * Accepts every HTTP method, so that an unknown method gets the same 405 response as
	 * a method that the path does not support. All other checks of the firewall stay on.
	 */
	@Bean
	ServerWebExchangeFirewall firewall() {
		StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		return firewall;
	}

	@Bean
	ServerExchangeRejectedHandler rejectedRequestHandler() {
		return (exchange, rejection) -> Mono.error(DomainException.malformed(DetailMessage.REQUEST_NOT_CANONICAL));
	}

	/**
	 * The first rule that matches a request decides. The filters of Spring Security that
	 * this service does not use are disabled; {@link CsrfFilter} replaces its CSRF check.
	 */
	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, Sessions sessions, SessionCookie cookie,
			List<PublicEndpoint> publicEndpoints, AllowedMethods allowedMethods) {
		return http.securityContextRepository(new TokenSecurityContext(sessions, cookie))
			.authorizeExchange((exchanges) -> {
				publicEndpoints
					.forEach((endpoint) -> exchanges.pathMatchers(endpoint.method(), endpoint.pattern()).permitAll());
				exchanges.pathMatchers(HttpMethod.OPTIONS).permitAll();
				exchanges.matchers(unsupportedMethod(publicEndpoints, allowedMethods)).permitAll();
				exchanges.pathMatchers("/api/**").authenticated();
				exchanges.anyExchange().permitAll();
			})
			.exceptionHandling((errors) -> errors
				.authenticationEntryPoint(
						(exchange, denied) -> Mono.error(DomainException.of(ProblemCode.NOT_SIGNED_IN)))
				.accessDeniedHandler((exchange, denied) -> Mono.error(DomainException.of(ProblemCode.NOT_SIGNED_IN))))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.build();
	}

	/**
	 * Matches requests to the path of a public endpoint with a method that the path does
	 * not support. Such a request gets a 405 response also if the caller is anonymous,
	 * because the path is known to be public anyway.
	 */
	private static ServerWebExchangeMatcher unsupportedMethod(List<PublicEndpoint> publicEndpoints,
			AllowedMethods allowedMethods) {
		String[] patterns = publicEndpoints.stream().map(PublicEndpoint::pattern).toArray(String[]::new);
		ServerWebExchangeMatcher unsupported = (exchange) -> allowedMethods.isWrongMethod(exchange)
			.flatMap((isUnsupported) -> isUnsupported ? MatchResult.match() : MatchResult.notMatch());
		return new AndServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers(patterns), unsupported);
	}

}
