package dev.latchkey.permission.web;

import java.time.Duration;
import java.util.List;

import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.EntityTags;
import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.http.PublicEndpoint;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.permission.Permission;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The permission catalogue. It is public, because it is the same for all callers except
 * for its language.
 */
@Configuration(proxyBeanMethods = false)
class PermissionRoutes {

	private static final CacheControl CACHED = CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic();

	@Bean
	RouterFunction<ServerResponse> permissionCatalogue(Languages languages) {
		return ApiRoutes.json()
			.routes((routes) -> routes.GET("/api/v1/permissions",
					(request) -> catalogue(LanguageNegotiation.of(request, languages))));
	}

	@Bean
	PublicEndpoint permissionCatalogueEndpoint() {
		return new PublicEndpoint(HttpMethod.GET, "/api/v1/permissions");
	}

	private static Mono<ServerResponse> catalogue(Translations translations) {
		Catalogue catalogue = Catalogue.of(translations);
		return ServerResponse.ok()
			.headers(LanguageNegotiation.mark(translations))
			.cacheControl(CACHED)
			.eTag(EntityTags.weakEtag(catalogue))
			.bodyValue(catalogue);
	}

	record Catalogue(List<CatalogueEntry> items) {

		static Catalogue of(Translations translations) {
			return new Catalogue(Permission.catalogue()
				.stream()
				.map((permission) -> CatalogueEntry.of(permission, translations))
				.toList());
		}

	}

	record CatalogueEntry(String key, String title, String description, boolean sensitive, List<String> requires) {

		static CatalogueEntry of(Permission permission, Translations translations) {
			return new CatalogueEntry(permission.key(), translations.text(permission.titleKey()),
					translations.text(permission.descriptionKey()), permission.sensitive(),
					permission.requires().stream().map(Permission::key).toList());
		}

	}

}
