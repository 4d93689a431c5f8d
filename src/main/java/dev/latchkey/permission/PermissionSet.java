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
 * The permissions that someone holds or is granted, exactly as picked: nothing is ever
 * added to a set by implication.
 */
public final class PermissionSet {

	private static final List<Permission> CATALOGUE = List.copyOf(Permission.catalogue());

	private static final PermissionSet ALL = of(CATALOGUE);

	/** One bit a permission; it never leaves this class. */
	private final int bits;

	private PermissionSet(int bits) {
		this.bits = bits;
	}

	public static PermissionSet all() {
		return ALL;
	}

	public static PermissionSet of(Collection<Permission> permissions) {
		int bits = 0;
		for (Permission permission : permissions) {
			bits |= bit(permission);
		}
		return new PermissionSet(bits);
	}

	/**
	 * Reads keys from the wire or the database; twice the same key is once.
	 * @throws DomainException {@link ProblemCode#UNKNOWN_PERMISSION}, naming the key
	 */
	public static PermissionSet ofKeys(Collection<String> keys) {
		int bits = 0;
		for (String key : keys) {
			bits |= bit(Permission.ofKey(key).orElseThrow(() -> unknown(key)));
		}
		return new PermissionSet(bits);
	}

	public boolean contains(Permission permission) {
		return (this.bits & bit(permission)) != 0;
	}

	public boolean containsAll(PermissionSet other) {
		return (other.bits & ~this.bits) == 0;
	}

	public PermissionSet minus(PermissionSet other) {
		return new PermissionSet(this.bits & ~other.bits);
	}

	public boolean isEmpty() {
		return this.bits == 0;
	}

	/**
	 * The keys in the catalogue's order.
	 */
	public List<String> keys() {
		List<String> keys = new ArrayList<>(CATALOGUE.size());
		for (int place = 0; place < CATALOGUE.size(); place++) {
			if ((this.bits >> place & 1) != 0) {
				keys.add(CATALOGUE.get(place).key());
			}
		}
		return Collections.unmodifiableList(keys);
	}

	/**
	 * The permissions in the catalogue's order.
	 */
	public Set<Permission> asSet() {
		EnumSet<Permission> set = EnumSet.noneOf(Permission.class);
		CATALOGUE.stream().filter(this::contains).forEach(set::add);
		return Collections.unmodifiableSet(set);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PermissionSet that && this.bits == that.bits;
	}

	@Override
	public int hashCode() {
		return this.bits;
	}

	@Override
	public String toString() {
		return keys().toString();
	}

	private static int bit(Permission permission) {
		return 1 << CATALOGUE.indexOf(permission);
	}

	private static DomainException unknown(String key) {
		String shown = (key.length() <= 40) ? key : key.substring(0, 40) + "…";
		return new DomainException(ProblemCode.UNKNOWN_PERMISSION, DetailMessage.PERMISSION_UNKNOWN)
			.with("field", "permissions")
			.with("permission", shown);
	}

}
