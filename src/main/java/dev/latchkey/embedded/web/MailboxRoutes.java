package dev.latchkey.embedded.web;

import dev.latchkey.embedded.LocalMailbox;
import dev.latchkey.embedded.NoMailHost;
import dev.latchkey.http.PublicEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of the local mailbox. They need no session, since a user needs a mail to get
 * one; instead, only requests from this machine are allowed.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(NoMailHost.class)
class MailboxRoutes {

	@Bean
	RouterFunction<ServerResponse> localMailboxRoutes(LocalMailbox mailbox) {
		MailboxHandler handler = new MailboxHandler(mailbox);
		return RouterFunctions.route()
			.GET("/local/mailbox/messages", handler::list)
			.GET("/local/mailbox/messages/{message}", handler::message)
			.GET("/local/mailbox/messages/{message}/html", handler::html)
			.filter(new LocalhostFilter())
			.build();
	}

	@Bean
	PublicEndpoint localMailboxEndpoint() {
		return new PublicEndpoint(HttpMethod.GET, "/local/mailbox/messages/**");
	}

}
