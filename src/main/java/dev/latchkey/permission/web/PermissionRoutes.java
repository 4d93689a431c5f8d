package dev.latchkey.permission.web;

import java.util.List;

import dev.latchkey.http.Handover;
import dev.latchkey.http.OpenEndpoint;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.permission.Permission;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The catalogue: the same for everybody, so anybody may read it.
 */
@Configuration(proxyBeanMethods = false)
class PermissionRoutes {

	private static final Catalogue CATALOGUE = new Catalogue(
			Permission.catalogue().stream().map(CatalogueEntry::of).toList());

	@Bean
	RouterFunction<ServerResponse> permissionCatalogue() {
		return RouterFunctions.route()
			.GET("/api/v1/permissions", PermissionRoutes::catalogue)
			.filter(Handover.ofAnswers())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	OpenEndpoint openPermissionCatalogue() {
		return new OpenEndpoint(HttpMethod.GET, "/api/v1/permissions");
	}

	private static Mono<ServerResponse> catalogue(ServerRequest request) {
		return ServerResponse.ok().bodyValue(CATALOGUE);
	}

	record Catalogue(List<CatalogueEntry> items) {

	}

	record CatalogueEntry(String key, String title, String description, boolean sensitive, List<String> requires) {

		static CatalogueEntry of(Permission permission) {
			return new CatalogueEntry(permission.key(), permission.title(), permission.description(),
					permission.sensitive(), permission.requires().stream().map(Permission::key).toList());
		}

	}

}
