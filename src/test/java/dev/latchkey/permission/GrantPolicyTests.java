package dev.latchkey.permission;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A holder grants only what the holder has. The expected results do not use sets: the
 * test numbers the subsets of the keys in binary, in the order of the help page.
 */
class GrantPolicyTests {

	private static final String[] KEYS = { "profile", "contacts", "products", "manageproducts", "productsso", "domains",
			"managedomains", "invoices", "quotes", "tickets", "affiliates", "emails", "orders" };

	private static final int SET_COUNT = 8192;

	private static final List<PermissionSet> SETS = IntStream.range(0, SET_COUNT)
		.mapToObj((number) -> PermissionSet.ofKeys(keys(number)))
		.toList();

	@Test
	void decidesEveryPairOfSetsCorrectly() {
		long granted = IntStream.range(0, SET_COUNT).parallel().mapToLong(GrantPolicyTests::countGranted).sum();
		// Each key is not held, held, or held and requested. The empty request is
		// refused.
		assertThat(granted).isEqualTo((long) Math.pow(3, KEYS.length) - SET_COUNT);
	}

	@Test
	void reportsTheKeysThatAreNotHeldForEveryRequest() {
		for (int held : new int[] { 0, 1, 0b1010101010101, 0b0101010101010, 0b1111111000000, SET_COUNT - 2,
				SET_COUNT - 1 }) {
			for (int requested = 1; requested < SET_COUNT; requested++) {
				int notHeld = requested - (requested & held);
				if (notHeld != 0) {
					DomainException refusal = refusal(held, requested);
					assertThat(refusal.code()).isEqualTo(ProblemCode.GRANT_EXCEEDS_HELD);
					assertThat(refusal.properties()).containsOnlyKeys("notHeld")
						.containsEntry("notHeld", keys(notHeld));
				}
			}
		}
	}

	@Test
	void returnsTheRequestedSetUnchanged() {
		for (PermissionSet requested : SETS.subList(1, SET_COUNT)) {
			assertThat(GrantPolicy.requireGrantable(PermissionSet.all(), requested)).isSameAs(requested);
		}
	}

	@Test
	void refusesAnEmptyGrantByEveryHolder() {
		for (int held = 0; held < SET_COUNT; held++) {
			assertThat(refusal(held, 0).code()).isEqualTo(ProblemCode.EMPTY_PERMISSIONS);
		}
	}

	/**
	 * Checks one holder with all requests. A refusal is not thrown for each of the 65
	 * million refused pairs, which would take most of the time of this test.
	 */
	private static long countGranted(int held) {
		long granted = 0;
		for (int requested = 0; requested < SET_COUNT; requested++) {
			boolean expected = requested != 0 && (held | requested) == held;
			if (GrantPolicy.isGrantable(SETS.get(held), SETS.get(requested)) != expected) {
				throw new AssertionError("held " + keys(held) + ", requested " + keys(requested));
			}
			if (expected) {
				GrantPolicy.requireGrantable(SETS.get(held), SETS.get(requested));
				granted++;
			}
		}
		return granted;
	}

	private static DomainException refusal(int held, int requested) {
		try {
			GrantPolicy.requireGrantable(SETS.get(held), SETS.get(requested));
		}
		catch (DomainException refusal) {
			return refusal;
		}
		throw new AssertionError("held " + keys(held) + ", granted " + keys(requested));
	}

	private static List<String> keys(int number) {
		return IntStream.range(0, KEYS.length)
			.filter((index) -> (number >> index) % 2 == 1)
			.mapToObj((index) -> Arrays.asList(KEYS).get(index))
			.toList();
	}

}
