package dev.latchkey.account;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.account.Account.OwnershipOffer;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Builds accounts for tests, as the owner sees them.
 */
public final class AccountBuilder {

	private AccountId id = new AccountId(UUID.randomUUID());

	private String name = "Acme";

	private String locale = "en";

	private @Nullable Integer validityDays;

	private int memberCount = 1;

	private @Nullable OwnershipOffer offer;

	private Instant createdAt = Instant.parse("2026-01-02T03:04:05.678Z");

	private AccountBuilder() {
	}

	public static AccountBuilder anAccount() {
		return new AccountBuilder();
	}

	public AccountBuilder id(AccountId value) {
		this.id = value;
		return this;
	}

	public AccountBuilder named(String value) {
		this.name = value;
		return this;
	}

	public AccountBuilder locale(String value) {
		this.locale = value;
		return this;
	}

	public AccountBuilder validityDays(int value) {
		this.validityDays = value;
		return this;
	}

	public AccountBuilder memberCount(int value) {
		this.memberCount = value;
		return this;
	}

	public AccountBuilder offeredTo(Member member, Instant expiresAt) {
		this.offer = new OwnershipOffer(member.user(), member.name(), expiresAt);
		return this;
	}

	public AccountBuilder createdAt(Instant value) {
		this.createdAt = value;
		return this;
	}

	public Account build() {
		return new Account(this.id, this.name, this.locale, this.validityDays, true, this.memberCount, this.offer,
				this.createdAt);
	}

}
