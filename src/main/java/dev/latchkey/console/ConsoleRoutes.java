package dev.latchkey.console;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of the console. All pages are the same HTML document; a router in the
 * browser shows the right one. Each path must be listed here as well, otherwise a reload
 * of that page would return 404.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleRoutes {

	private static final String BARE_PREFIX = "";

	/** The same paths as in {@code routing/routes.js}. */
	private static final List<String> PAGES = List.of("/", "/sign-in", "/sign-up", "/forgotten-password",
			"/verification", "/password-reset", "/invitation", "/accounts", "/accounts/{account}",
			"/accounts/{account}/users", "/accounts/{account}/members/{user}",
			"/accounts/{account}/invitations/{invitation}", "/accounts/{account}/audit", "/local/mailbox");

	@Bean
	ConsoleHandler consoleHandler() {
		return new ConsoleHandler(new ConsoleFiles(), ConsolePage.template());
	}

	@Bean
	RouterFunction<ServerResponse> consoleRouter(ConsoleHandler handler) {
		RouterFunctions.Builder routes = RouterFunctions.route();
		PAGES.forEach((page) -> routes.GET(page, handler::page));
		return routes.GET(BARE_PREFIX, handler::page).GET("/console/{version}/{*file}", handler::file).build();
	}

	@Bean
	ErrorPage errorPage(ConsoleHandler console) {
		return new ErrorPage(console);
	}

}
