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
 * What a member may do with a billing account. The keys, their order and the English
 * texts are those of the portal's help page. The API and the database use the key.
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

	@SuppressWarnings("ImmutableEnumChecker") // Set.of returns an immutable set
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
	 * All permissions in the order of the help page.
	 */
	public static Set<Permission> catalogue() {
		return Collections.unmodifiableSet(EnumSet.allOf(Permission.class));
	}

	public String key() {
		return this.key;
	}

	/**
	 * The message key of the title.
	 */
	public String titleKey() {
		return "permission." + this.key + ".title";
	}

	/**
	 * The message key of a short description of what the permission allows.
	 */
	public String descriptionKey() {
		return "permission." + this.key + ".description";
	}

	/**
	 * Whether a user interface should warn the owner before granting this permission.
	 */
	public boolean sensitive() {
		return this.sensitive;
	}

	/**
	 * The permissions without which this one is of little use. This is a hint for user
	 * interfaces; they are never granted automatically.
	 */
	public Set<Permission> requires() {
		return this.requires;
	}

}
