package dev.latchkey.permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a member may do with a billing account. Keys, order and words are those of the
 * portal's help page; the key is what the wire and the database know.
 */
public enum Permission {

	PROFILE("profile", "Modify Master Account Profile", "Access and modify the client profile information", true),
	CONTACTS("contacts", "View & Manage Contacts", "Access and manage contacts", false),
	PRODUCTS("products", "View Products & Services", "View access to products, services and addons", false),
	MANAGE_PRODUCTS("manageproducts", "View & Modify Product Passwords", "Allow password resets and other actions",
			false, PRODUCTS),
	PRODUCT_SSO("productsso", "Perform Single Sign-On", "Allow single sign-on into services", false, PRODUCTS),
	DOMAINS("domains", "View Domains", "View access to domain registrations", false),
	MANAGE_DOMAINS("managedomains", "Manage Domain Settings", "Allow domain management eg. nameservers/whois/transfers",
			false, DOMAINS),
	INVOICES("invoices", "View & Pay Invoices", "View and payment access to invoices", false),
	QUOTES("quotes", "View & Accept Quotes", "View and acceptance permissions for quotes", false),
	TICKETS("tickets", "View & Open Support Tickets", "Access to open, respond and manage support tickets", false),
	AFFILIATES("affiliates", "View & Manage Affiliate Account", "Access to view and request withdrawals", false),
	EMAILS("emails", "View Emails", "Access to view account email history", true),
	ORDERS("orders", "Place New Orders/Upgrades/Cancellations", "Allow placing of new orders", true);

	private static final Map<String, Permission> BY_KEY = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(Permission::key, Function.identity()));

	private final String key;

	private final String title;

	private final String description;

	private final boolean sensitive;

	@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but its type does
												// not say so
	private final Set<Permission> requires;

	Permission(String key, String title, String description, boolean sensitive, Permission... requires) {
		this.key = key;
		this.title = title;
		this.description = description;
		this.sensitive = sensitive;
		this.requires = Set.of(requires);
	}

	public static Optional<Permission> ofKey(String key) {
		return Optional.ofNullable(BY_KEY.get(key));
	}

	/**
	 * All of them, in the catalogue's order.
	 */
	public static Set<Permission> catalogue() {
		return Collections.unmodifiableSet(EnumSet.allOf(Permission.class));
	}

	public String key() {
		return this.key;
	}

	public String title() {
		return this.title;
	}

	public String description() {
		return this.description;
	}

	/**
	 * Whether a screen should make the owner think twice.
	 */
	public boolean sensitive() {
		return this.sensitive;
	}

	/**
	 * What this is of little use without: a hint for screens, never granted by itself.
	 */
	public Set<Permission> requires() {
		return this.requires;
	}

}
