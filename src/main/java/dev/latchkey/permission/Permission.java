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
 * What a member may do with a billing account. Keys and order are those of the portal's
 * help page, and so are the English words in the bundles of the languages; the key is
 * what the wire and the database know.
 */
public enum Permission {

	PROFILE("profile", true), CONTACTS("contacts", false), PRODUCTS("products", false),
	MANAGE_PRODUCTS("manageproducts", false, PRODUCTS), PRODUCT_SSO("productsso", false, PRODUCTS),
	DOMAINS("domains", false), MANAGE_DOMAINS("managedomains", false, DOMAINS), INVOICES("invoices", false),
	QUOTES("quotes", false), TICKETS("tickets", false), AFFILIATES("affiliates", false), EMAILS("emails", true),
	ORDERS("orders", true);

	private static final Map<String, Permission> BY_KEY = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(Permission::key, Function.identity()));

	private final String key;

	private final boolean sensitive;

	@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, but its type does
												// not say so
	private final Set<Permission> requires;

	Permission(String key, boolean sensitive, Permission... requires) {
		this.key = key;
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

	/**
	 * The key of what it is called.
	 */
	public String titleKey() {
		return "permission." + this.key + ".title";
	}

	/**
	 * The key of what it allows, in a few words.
	 */
	public String descriptionKey() {
		return "permission." + this.key + ".description";
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
