package dev.latchkey.permission;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.latchkey.language.MessageBundles;
import dev.latchkey.language.Translations;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The catalogue has the keys, order and texts of the portal's help page.
 */
class PermissionTests {

	private static final String HELP_PAGE = """
			profile | Modify Master Account Profile - Access and modify the client profile information
			contacts | View & Manage Contacts - Access and manage contacts
			products | View Products & Services - View access to products, services and addons
			manageproducts | View & Modify Product Passwords - Allow password resets and other actions
			productsso | Perform Single Sign-On - Allow single sign-on into services
			domains | View Domains - View access to domain registrations
			managedomains | Manage Domain Settings - Allow domain management eg. nameservers/whois/transfers
			invoices | View & Pay Invoices - View and payment access to invoices
			quotes | View & Accept Quotes - View and acceptance permissions for quotes
			tickets | View & Open Support Tickets - Access to open, respond and manage support tickets
			affiliates | View & Manage Affiliate Account - Access to view and request withdrawals
			emails | View Emails - Access to view account email history
			orders | Place New Orders/Upgrades/Cancellations - Allow placing of new orders
			""";

	private final Translations english = MessageBundles.read().translations(Locale.ENGLISH);

	@Test
	void catalogueMatchesTheHelpPage() {
		StringBuilder catalogue = new StringBuilder();
		for (Permission permission : Permission.catalogue()) {
			catalogue.append(permission.key())
				.append(" | ")
				.append(this.english.text(permission.titleKey()))
				.append(" - ")
				.append(this.english.text(permission.descriptionKey()))
				.append('\n');
		}
		assertThat(catalogue).hasToString(HELP_PAGE);
	}

	@Test
	void threePermissionsAreSensitive() {
		assertThat(Permission.catalogue().stream().filter(Permission::sensitive)).extracting(Permission::key)
			.containsExactly("profile", "emails", "orders");
	}

	@Test
	void managingAndSingleSignOnRequireViewing() {
		for (Permission permission : Permission.catalogue()) {
			Set<Permission> required = switch (permission.key()) {
				case "manageproducts", "productsso" -> Set.of(Permission.PRODUCTS);
				case "managedomains" -> Set.of(Permission.DOMAINS);
				default -> Set.of();
			};
			assertThat(permission.requires()).isEqualTo(required);
		}
	}

	@Test
	void permissionIsFoundByItsExactKeyOnly() {
		for (Permission permission : Permission.catalogue()) {
			assertThat(Permission.ofKey(permission.key())).contains(permission);
			assertThat(Permission.ofKey(permission.name())).isEmpty();
			assertThat(Permission.ofKey(" " + permission.key())).isEmpty();
		}
	}

	@Nested
	class Sets {

		@Test
		void containOnlyTheSelectedPermissions() {
			PermissionSet selected = PermissionSet.ofKeys(List.of("manageproducts", "managedomains"));
			assertThat(selected.keys()).containsExactly("manageproducts", "managedomains");
			assertThat(selected.contains(Permission.PRODUCTS)).isFalse();
		}

		@Test
		void ignoreDuplicateKeysAndKeepTheOrderOfTheCatalogue() {
			PermissionSet set = PermissionSet.ofKeys(List.of("orders", "profile", "orders"));
			assertThat(set.keys()).containsExactly("profile", "orders");
			assertThat(set.asSet()).containsExactly(Permission.PROFILE, Permission.ORDERS);
			assertThat(set).isEqualTo(PermissionSet.of(List.of(Permission.PROFILE, Permission.ORDERS)))
				.hasSameHashCodeAs(PermissionSet.of(List.of(Permission.ORDERS, Permission.PROFILE)))
				.hasToString("[profile, orders]");
		}

		@Test
		void ofAllPermissionsHaveThirteenKeys() {
			assertThat(PermissionSet.all().keys()).hasSize(13).doesNotHaveDuplicates();
		}

		@Test
		void refuseAnUnknownKeyAndReportIt() {
			assertThatExceptionOfType(DomainException.class)
				.isThrownBy(() -> PermissionSet.ofKeys(List.of("invoices", "users")))
				.satisfies((refusal) -> {
					assertThat(refusal.code()).isEqualTo(ProblemCode.UNKNOWN_PERMISSION);
					assertThat(refusal.properties()).containsEntry("permission", "users");
				});
		}

		@Test
		void reportOnlyTheBeginningOfALongUnknownKey() {
			assertThatExceptionOfType(DomainException.class)
				.isThrownBy(() -> PermissionSet.ofKeys(List.of("x".repeat(5000))))
				.satisfies((refusal) -> assertThat(refusal.properties()).containsEntry("permission",
						"x".repeat(40) + "…"));
		}

	}

}
