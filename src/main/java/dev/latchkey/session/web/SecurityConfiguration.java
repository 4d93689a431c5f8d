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
 * The guard in front of every route: under {@code /api} whatever no feature has opened is
 * closed to anonymous callers.
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
	 * A strange method is a wrong one, which is for the routers to say.
	 */
	@Bean
	ServerWebExchangeFirewall firewall() {
		StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		return firewall;
	}

	@Bean
	ServerExchangeRejectedHandler rejectedPaths() {
		return (exchange, rejection) -> Mono.error(DomainException.malformed(DetailMessage.NOT_PLAIN));
	}

	@Bean
	SecurityWebFilterChain securityFilters(ServerHttpSecurity http, Sessions sessions, SessionCookie cookie,
			List<PublicEndpoint> openEndpoints, AllowedMethods allowedMethods) {
		return http.securityContextRepository(new TokenSecurityContext(sessions, cookie))
			.authorizeExchange((exchanges) -> {
				openEndpoints.forEach((open) -> exchanges.pathMatchers(open.method(), open.pattern()).permitAll());
				exchanges.pathMatchers(HttpMethod.OPTIONS).permitAll();
				exchanges.matchers(wrongMethods(openEndpoints, allowedMethods)).permitAll();
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
	 * What is open by one method hides nothing from whoever tries another.
	 */
	private static ServerWebExchangeMatcher wrongMethods(List<PublicEndpoint> openEndpoints,
			AllowedMethods allowedMethods) {
		String[] patterns = openEndpoints.stream().map(PublicEndpoint::pattern).toArray(String[]::new);
		ServerWebExchangeMatcher wrong = (exchange) -> allowedMethods.isWrongMethod(exchange)
			.flatMap((isWrong) -> isWrong ? MatchResult.match() : MatchResult.notMatch());
		return new AndServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers(patterns), wrong);
	}

}
