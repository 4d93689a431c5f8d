package dev.latchkey.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;

/**
 * Builds members for tests. Unless a test says otherwise, a member may see invoices and
 * is not the owner.
 */
public final class MemberBuilder {

	private final AccountId account;

	private UserId user = new UserId(UUID.randomUUID());

	private String name = "Ann";

	private String email = "ann@example.test";

	private boolean isOwner;

	private PermissionSet permissions = PermissionSet.ofKeys(List.of("invoices"));

	private int version = 1;

	private long number = 1;

	private MemberBuilder(AccountId account) {
		this.account = account;
	}

	public static MemberBuilder of(AccountId account) {
		return new MemberBuilder(account);
	}

	public MemberBuilder user(UserId value) {
		this.user = value;
		return this;
	}

	public MemberBuilder named(String value, String address) {
		this.name = value;
		this.email = address;
		return this;
	}

	public MemberBuilder owner() {
		this.isOwner = true;
		this.permissions = PermissionSet.all();
		return this;
	}

	public MemberBuilder with(String... permissionKeys) {
		this.permissions = PermissionSet.ofKeys(List.of(permissionKeys));
		return this;
	}

	public MemberBuilder version(int value) {
		this.version = value;
		return this;
	}

	public MemberBuilder number(long value) {
		this.number = value;
		return this;
	}

	public Member build() {
		return new Member(this.account, this.user, this.name, this.email, this.isOwner, this.permissions, this.version,
				this.number, Instant.parse("2026-03-04T05:06:07.890Z"));
	}

}
