package dev.latchkey.permission;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * An immutable set of permissions that a member holds or that an invitation offers. It
 * contains exactly what was selected: no permission is added because another one requires
 * it.
 */
public final class PermissionSet {

	private static final PermissionSet ALL = new PermissionSet(EnumSet.allOf(Permission.class));

	/** Iterates in the order of the catalogue and is never modified. */
	private final EnumSet<Permission> permissions;

	private PermissionSet(EnumSet<Permission> permissions) {
		this.permissions = permissions;
	}

	public static PermissionSet all() {
		return ALL;
	}

	public static PermissionSet of(Collection<Permission> permissions) {
		EnumSet<Permission> copy = EnumSet.noneOf(Permission.class);
		copy.addAll(permissions);
		return new PermissionSet(copy);
	}

	/**
	 * Reads keys from a request or from the database. Duplicate keys are allowed.
	 * @throws DomainException {@link ProblemCode#UNKNOWN_PERMISSION} with the unknown key
	 */
	public static PermissionSet ofKeys(Collection<String> keys) {
		EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
		for (String key : keys) {
			permissions.add(Permission.ofKey(key).orElseThrow(() -> unknownPermission(key)));
		}
		return new PermissionSet(permissions);
	}

	public boolean isEmpty() {
		return this.permissions.isEmpty();
	}

	public boolean contains(Permission permission) {
		return this.permissions.contains(permission);
	}

	public boolean containsAll(PermissionSet other) {
		return this.permissions.containsAll(other.permissions);
	}

	/**
	 * The permissions of this set that the other set does not contain.
	 */
	public PermissionSet minus(PermissionSet other) {
		EnumSet<Permission> difference = EnumSet.copyOf(this.permissions);
		difference.removeAll(other.permissions);
		return new PermissionSet(difference);
	}

	/**
	 * Checks that a grant contains at least one permission.
	 * @return this set
	 * @throws DomainException {@link ProblemCode#EMPTY_PERMISSIONS}
	 */
	public PermissionSet requireNonEmpty() {
		if (isEmpty()) {
			throw DomainException.of(ProblemCode.EMPTY_PERMISSIONS).with("field", "permissions");
		}
		return this;
	}

	/**
	 * The keys in the order of the catalogue.
	 */
	public List<String> keys() {
		List<String> keys = new ArrayList<>(this.permissions.size());
		this.permissions.forEach((permission) -> keys.add(permission.key()));
		return Collections.unmodifiableList(keys);
	}

	/**
	 * The permissions in the order of the catalogue.
	 */
	public Set<Permission> asSet() {
		return Collections.unmodifiableSet(this.permissions);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PermissionSet that && this.permissions.equals(that.permissions);
	}

	@Override
	public int hashCode() {
		return this.permissions.hashCode();
	}

	@Override
	public String toString() {
		return keys().toString();
	}

	private static DomainException unknownPermission(String key) {
		String shown = (key.length() <= 40) ? key : key.substring(0, 40) + "…";
		return new DomainException(ProblemCode.UNKNOWN_PERMISSION, DetailMessage.PERMISSION_UNKNOWN, shown)
			.with("field", "permissions")
			.with("permission", shown);
	}

}
