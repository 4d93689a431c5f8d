package dev.latchkey.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Builds invitations. All values have defaults: a pending invitation that a test of any
 * age can use.
 */
public final class InvitationBuilder {

	/** The account of all invitations, unless a test sets another one. */
	public static final AccountId ACCOUNT = new AccountId(UUID.fromString("018f0000-0000-7000-8000-00000000000a"));

	/** The inviter of all invitations, unless a test sets another one. */
	public static final UserId OWNER = new UserId(UUID.fromString("018f0000-0000-7000-8000-00000000000b"));

	private static final Instant CREATED = Instant.parse("2026-05-04T10:00:00Z");

	private AccountId account = ACCOUNT;

	private InvitationId id = new InvitationId(UUID.fromString("018f0000-0000-7000-8000-0000000000ff"));

	private long number = 1;

	private UserId inviter = OWNER;

	private EmailAddress email = EmailAddress.of("Kim@example.com");

	private PermissionSet permissions = PermissionSet.ofKeys(List.of("products", "invoices"));

	private Locale locale = Locale.ENGLISH;

	private InvitationStatus status = InvitationStatus.PENDING;

	private int tokenVersion = 1;

	private int version = 1;

	private Instant issuedAt = CREATED;

	private Instant expiresAt = Instant.parse("2126-05-11T10:00:00Z");

	private @Nullable Instant endedAt;

	private @Nullable UserId acceptedBy;

	private @Nullable String declineReason;

	private InvitationBuilder() {
	}

	public static InvitationBuilder anInvitation() {
		return new InvitationBuilder();
	}

	/**
	 * Starts an invitation with an id and a number of its own.
	 */
	public static InvitationBuilder anInvitation(long number) {
		return anInvitation().id(new InvitationId(new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L | number)))
			.number(number);
	}

	public InvitationBuilder account(AccountId value) {
		this.account = value;
		return this;
	}

	public InvitationBuilder id(InvitationId value) {
		this.id = value;
		return this;
	}

	public InvitationBuilder number(long value) {
		this.number = value;
		return this;
	}

	public InvitationBuilder inviter(UserId value) {
		this.inviter = value;
		return this;
	}

	public InvitationBuilder email(String value) {
		this.email = EmailAddress.of(value);
		return this;
	}

	public InvitationBuilder permissions(String... keys) {
		this.permissions = PermissionSet.ofKeys(List.of(keys));
		return this;
	}

	public InvitationBuilder locale(Locale value) {
		this.locale = value;
		return this;
	}

	/**
	 * Sets a status; an ended invitation gets a time of its end.
	 */
	public InvitationBuilder status(InvitationStatus value) {
		this.status = value;
		this.endedAt = (value != InvitationStatus.PENDING) ? CREATED.plusSeconds(60) : null;
		return this;
	}

	public InvitationBuilder acceptedBy(UserId user) {
		this.acceptedBy = user;
		return status(InvitationStatus.ACCEPTED);
	}

	public InvitationBuilder declined(String reason) {
		this.declineReason = reason;
		return status(InvitationStatus.DECLINED);
	}

	public InvitationBuilder tokenVersion(int value) {
		this.tokenVersion = value;
		return this;
	}

	public InvitationBuilder version(int value) {
		this.version = value;
		return this;
	}

	public InvitationBuilder issuedAt(Instant value) {
		this.issuedAt = value;
		return this;
	}

	public InvitationBuilder expiresAt(Instant value) {
		this.expiresAt = value;
		return this;
	}

	public Invitation build() {
		return new Invitation(this.account, this.id, this.number, this.inviter, this.email, this.permissions,
				this.locale, this.status, DeliveryStatus.SENT, this.tokenVersion, this.version, this.tokenVersion,
				CREATED, this.issuedAt, this.expiresAt, this.endedAt, this.acceptedBy, this.declineReason);
	}

}
