package dev.latchkey.permission;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nobody grants what they do not hold. The oracle knows nothing of sets: it counts in
 * binary over the keys as the help page orders them.
 */
class GrantPolicyTests {

	private static final String[] KEYS = { "profile", "contacts", "products", "manageproducts", "productsso", "domains",
			"managedomains", "invoices", "quotes", "tickets", "affiliates", "emails", "orders" };

	private static final int SETS = 8192;

	private static final List<PermissionSet> ALL = IntStream.range(0, SETS)
		.mapToObj((number) -> PermissionSet.ofKeys(keys(number)))
		.toList();

	@Test
	void agreesWithTheOracleForEveryPairOfSets() {
		long granted = IntStream.range(0, SETS).parallel().mapToLong(GrantPolicyTests::grantedBy).sum();
		// Each key is held, held and granted, or neither; but for granting nothing.
		assertThat(granted).isEqualTo((long) Math.pow(3, KEYS.length) - SETS);
	}

	@Test
	void namesWhatIsNotHeldForEverySetBesideAFewHeldOnes() {
		for (int held : new int[] { 0, 1, 0b1010101010101, 0b0101010101010, 0b1111111000000, SETS - 2, SETS - 1 }) {
			for (int wanted = 1; wanted < SETS; wanted++) {
				int missing = wanted - (wanted & held);
				if (missing != 0) {
					assertThat(refusal(held, wanted).properties()).containsOnlyKeys("notHeld")
						.containsEntry("notHeld", keys(missing));
				}
			}
		}
	}

	@Test
	void givesBackExactlyWhatWasAskedFor() {
		for (PermissionSet wanted : ALL.subList(1, SETS)) {
			assertThat(GrantPolicy.grant(PermissionSet.all(), wanted)).isSameAs(wanted);
		}
	}

	@Test
	void refusesToGrantNothing() {
		assertThatExceptionOfType(DomainException.class)
			.isThrownBy(() -> GrantPolicy.grant(PermissionSet.all(), PermissionSet.ofKeys(List.of())))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.EMPTY_PERMISSIONS));
	}

	private static long grantedBy(int held) {
		long granted = 0;
		for (int wanted = 0; wanted < SETS; wanted++) {
			ProblemCode expected = expected(held, wanted);
			ProblemCode actual = null;
			try {
				GrantPolicy.grant(ALL.get(held), ALL.get(wanted));
				granted++;
			}
			catch (DomainException refusal) {
				actual = refusal.code();
			}
			if (expected != actual) {
				throw new AssertionError("held " + keys(held) + ", wanted " + keys(wanted) + ": " + actual);
			}
		}
		return granted;
	}

	private static @Nullable ProblemCode expected(int held, int wanted) {
		if (wanted == 0) {
			return ProblemCode.EMPTY_PERMISSIONS;
		}
		return ((held | wanted) == held) ? null : ProblemCode.GRANT_EXCEEDS_HELD;
	}

	private static DomainException refusal(int held, int wanted) {
		try {
			GrantPolicy.grant(ALL.get(held), ALL.get(wanted));
		}
		catch (DomainException refusal) {
			return refusal;
		}
		throw new AssertionError("granted " + keys(wanted) + " by " + keys(held));
	}

	private static List<String> keys(int number) {
		return IntStream.range(0, KEYS.length)
			.filter((place) -> (number >> place) % 2 == 1)
			.mapToObj((place) -> Arrays.asList(KEYS).get(place))
			.toList();
	}

}
