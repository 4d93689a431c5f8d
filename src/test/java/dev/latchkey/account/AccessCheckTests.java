package dev.latchkey.account;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.permission.Permission;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

import static dev.latchkey.testing.Refusals.assertRefused;

/**
 * The check tells a member who lacks a permission whom to ask. A stranger learns nothing
 * about the account.
 */
class AccessCheckTests {

	private final Account account = AccountBuilder.anAccount().build();

	private final Member owner = MemberBuilder.of(this.account.id()).named("Olga", "olga@example.test").owner().build();

	private final Member member = MemberBuilder.of(this.account.id()).with("orders", "invoices").build();

	private final AccessCheck check = AccountFixture.create()
		.store(this.account, this.owner, this.member)
		.accessCheck();

	@Test
	void memberPassesWithEachHeldPermission() {
		StepVerifier.create(this.check.check(this.account.id(), this.member.user(), Permission.INVOICES))
			.verifyComplete();
		StepVerifier.create(this.check.check(this.account.id(), this.member.user(), Permission.ORDERS))
			.verifyComplete();
	}

	@ParameterizedTest
	@EnumSource
	void ownerPassesWithEveryPermission(Permission permission) {
		StepVerifier.create(this.check.check(this.account.id(), this.owner.user(), permission)).verifyComplete();
	}

	@Test
	void memberWithoutThePermissionIsToldWhatIsHeldAndWhomToAsk() {
		assertRefused(this.check.check(this.account.id(), this.member.user(), Permission.DOMAINS),
				ProblemCode.PERMISSION_MISSING, Map.of("missing", "domains", "held", List.of("invoices", "orders"),
						"ask", new AccessCheck.Owner("Olga", "olga@example.test")));
	}

	@Test
	void strangerIsToldTheSameWhetherOrNotTheAccountExists() {
		Map<String, Object> properties = Map.of("missing", "domains");
		assertRefused(this.check.check(this.account.id(), new UserId(UUID.randomUUID()), Permission.DOMAINS),
				ProblemCode.PERMISSION_MISSING, properties);
		assertRefused(this.check.check(new AccountId(UUID.randomUUID()), this.member.user(), Permission.DOMAINS),
				ProblemCode.PERMISSION_MISSING, properties);
	}

}
