package dev.latchkey.permission;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * The permissions that someone holds or is granted, exactly as picked: nothing is ever
 * added to a set by implication.
 */
public final class PermissionSet {

	private static final PermissionSet ALL = new PermissionSet(EnumSet.allOf(Permission.class));

	private final Set<Permission> permissions;

	private PermissionSet(EnumSet<Permission> permissions) {
		this.permissions = Collections.unmodifiableSet(permissions);
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
	 * Reads keys from the wire or the database; twice the same key is once.
	 * @throws DomainException {@link ProblemCode#UNKNOWN_PERMISSION}, naming the key
	 */
	public static PermissionSet ofKeys(Collection<String> keys) {
		EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
		for (String key : keys) {
			permissions.add(Permission.ofKey(key).orElseThrow(() -> unknown(key)));
		}
		return new PermissionSet(permissions);
	}

	public boolean contains(Permission permission) {
		return this.permissions.contains(permission);
	}

	public boolean containsAll(PermissionSet other) {
		return this.permissions.containsAll(other.permissions);
	}

	public PermissionSet minus(PermissionSet other) {
		EnumSet<Permission> rest = EnumSet.noneOf(Permission.class);
		rest.addAll(this.permissions);
		rest.removeAll(other.permissions);
		return new PermissionSet(rest);
	}

	public boolean isEmpty() {
		return this.permissions.isEmpty();
	}

	/**
	 * The keys in the catalogue's order.
	 */
	public List<String> keys() {
		return this.permissions.stream().map(Permission::key).toList();
	}

	public Set<Permission> asSet() {
		return this.permissions;
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

	private static DomainException unknown(String key) {
		String shown = (key.length() <= 40) ? key : key.substring(0, 40) + "…";
		return new DomainException(ProblemCode.UNKNOWN_PERMISSION, "There is no permission of this name.")
			.with("field", "permissions")
			.with("permission", shown);
	}

}
