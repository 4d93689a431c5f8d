package dev.latchkey.permission.web;

import dev.latchkey.permission.Permission;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People write permissions as keys or as titles, one after the other.
 */
class PermissionNamesTests {

	private final PermissionNames names = PermissionNames.of(RouterClient.languages());

	@ParameterizedTest
	@EnumSource
	void everyKeyAndEveryTitleIsKnown(Permission permission) {
		assertThat(this.names.parse(permission.key())).containsExactly(permission.key());
		RouterClient.languages()
			.supported()
			.stream()
			.map((language) -> RouterClient.languages().translations(language).text(permission.titleKey()))
			.forEach((title) -> assertThat(this.names.parse("orders," + title + " orders")).containsExactly("orders",
					permission.key(), "orders"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "domains quotes", "domains,quotes", "domains ;quotes", "domains|quotes",
			"domains\r\nquotes", " ,domains,, quotes; ", "View\u00a0 Domains quotes", "VIEW DOMAINS, QUOTES",
			"Domains ansehen\tquotes" })
	void namesMayBeSeparatedInManyWays(String text) {
		assertThat(this.names.parse(text)).containsExactly("domains", "quotes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",;|" })
	void aTextWithoutNamesHasNoPermissions(String text) {
		assertThat(this.names.parse(text)).isEmpty();
	}

	/**
	 * A similar name is not guessed: a wrong guess would grant a permission.
	 */
	@Test
	void anUnknownNameIsKept() {
		assertThat(this.names.parse("domain, View  Domain; all quotesx")).containsExactly("domain", "View Domain",
				"all quotesx");
		assertThat(this.names.parse("domains please quotes")).containsExactly("domains", "please", "quotes");
	}

}
