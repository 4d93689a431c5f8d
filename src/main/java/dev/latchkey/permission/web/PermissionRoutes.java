package dev.latchkey.permission.web;

import java.time.Duration;
import java.util.List;

import dev.latchkey.http.AcceptLanguage;
import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Conditions;
import dev.latchkey.http.Handover;
import dev.latchkey.http.OpenEndpoint;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;
import dev.latchkey.permission.Permission;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The catalogue: the same for everybody but for its language, so anybody may read it.
 */
@Configuration(proxyBeanMethods = false)
class PermissionRoutes {

	private static final CacheControl STORED = CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic();

	@Bean
	RouterFunction<ServerResponse> permissionCatalogue(Languages languages) {
		return RouterFunctions.route()
			.GET("/api/v1/permissions", (request) -> catalogue(AcceptLanguage.of(request, languages)))
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.json())
			.filter(QueryParameters.none())
			.build();
	}

	@Bean
	OpenEndpoint openPermissionCatalogue() {
		return new OpenEndpoint(HttpMethod.GET, "/api/v1/permissions");
	}

	private static Mono<ServerResponse> catalogue(Words words) {
		Catalogue catalogue = Catalogue.in(words);
		return ServerResponse.ok()
			.headers(AcceptLanguage.mark(words))
			.cacheControl(STORED)
			.eTag(Conditions.weakEtag(catalogue))
			.bodyValue(catalogue);
	}

	record Catalogue(List<CatalogueEntry> items) {

		static Catalogue in(Words words) {
			return new Catalogue(
					Permission.catalogue().stream().map((permission) -> CatalogueEntry.of(permission, words)).toList());
		}

	}

	record CatalogueEntry(String key, String title, String description, boolean sensitive, List<String> requires) {

		static CatalogueEntry of(Permission permission, Words words) {
			return new CatalogueEntry(permission.key(), words.text(permission.titleKey()),
					words.text(permission.descriptionKey()), permission.sensitive(),
					permission.requires().stream().map(Permission::key).toList());
		}

	}

}
