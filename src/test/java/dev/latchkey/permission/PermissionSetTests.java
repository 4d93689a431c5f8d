package dev.latchkey.permission;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Operations on sets of permissions.
 */
class PermissionSetTests {

	private static final PermissionSet EMPTY = PermissionSet.ofKeys(List.of());

	@Test
	void containsAnotherSetIfItHasAllOfItsPermissions() {
		PermissionSet set = PermissionSet.ofKeys(List.of("domains", "quotes"));
		assertThat(set.containsAll(PermissionSet.ofKeys(List.of("quotes")))).isTrue();
		assertThat(set.containsAll(set)).isTrue();
		assertThat(set.containsAll(EMPTY)).isTrue();
		assertThat(set.containsAll(PermissionSet.ofKeys(List.of("quotes", "orders")))).isFalse();
	}

	@Test
	void differenceLeavesBothSetsAsTheyAre() {
		PermissionSet set = PermissionSet.ofKeys(List.of("domains", "quotes"));
		PermissionSet other = PermissionSet.ofKeys(List.of("quotes", "orders"));
		assertThat(set.minus(other).keys()).containsExactly("domains");
		assertThat(set.minus(set).isEmpty()).isTrue();
		assertThat(set.keys()).containsExactly("domains", "quotes");
		assertThat(other.keys()).containsExactly("quotes", "orders");
	}

	@Test
	void doesNotChangeWithTheCollectionThatItWasCreatedFrom() {
		List<Permission> permissions = new ArrayList<>(List.of(Permission.QUOTES));
		PermissionSet set = PermissionSet.of(permissions);
		permissions.add(Permission.ORDERS);
		assertThat(set.keys()).containsExactly("quotes");
	}

	@Test
	void cannotBeChangedThroughItsViews() {
		PermissionSet set = PermissionSet.ofKeys(List.of("quotes"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> set.asSet().add(Permission.ORDERS));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> set.keys().add("orders"));
	}

	@Test
	void emptySetIsNoGrant() {
		assertThatExceptionOfType(DomainException.class).isThrownBy(EMPTY::requireNonEmpty).satisfies((refusal) -> {
			assertThat(refusal.code()).isEqualTo(ProblemCode.EMPTY_PERMISSIONS);
			assertThat(refusal.properties()).containsEntry("field", "permissions");
		});
		PermissionSet set = PermissionSet.ofKeys(List.of("quotes"));
		assertThat(set.requireNonEmpty()).isSameAs(set);
	}

	@Test
	void isNotEqualToOtherSets() {
		assertThat(PermissionSet.ofKeys(List.of("quotes"))).isNotEqualTo(PermissionSet.ofKeys(List.of("orders")))
			.isNotEqualTo(List.of("quotes"));
	}

}
