package dev.latchkey.shared;

/**
 * Every way in which a request can be refused. The code is part of the contract: clients
 * branch on it, so an entry is never renamed.
 */
public enum ProblemCode {

	MALFORMED_REQUEST(Kind.MALFORMED, "malformed-request", "The request can't be read"),
	INVALID_EMAIL(Kind.MALFORMED, "invalid-email", "Not one plain e-mail address"),
	INVALID_CURSOR(Kind.MALFORMED, "invalid-cursor", "Not a cursor of this list"),
	NOT_SIGNED_IN(Kind.UNAUTHENTICATED, "not-signed-in", "Sign in first"),
	WRONG_CREDENTIALS(Kind.UNAUTHENTICATED, "wrong-credentials", "The address or the password is wrong"),
	CROSS_SITE_REQUEST(Kind.FORBIDDEN, "cross-site-request", "This request came from another site"),
	OWNER_ONLY(Kind.FORBIDDEN, "owner-only", "Only the account's owner may do this"),
	PERMISSION_MISSING(Kind.FORBIDDEN, "permission-missing", "This needs a permission you don't hold"),
	GRANT_EXCEEDS_HELD(Kind.FORBIDDEN, "grant-exceeds-held", "Nobody grants more than they hold"),
	INVITATION_EMAIL_MISMATCH(Kind.FORBIDDEN, "invitation-email-mismatch", "This invitation is for another address"),
	ACCOUNT_CREATION_CLOSED(Kind.FORBIDDEN, "account-creation-closed", "Accounts aren't created by people here"),
	NOT_FOUND(Kind.NOT_FOUND, "not-found", "There is nothing here that you may see"),
	METHOD_NOT_ALLOWED(Kind.METHOD, "method-not-allowed", "This resource has no such method"),
	NOT_ACCEPTABLE(Kind.NOT_ACCEPTABLE, "not-acceptable", "No representation fits the Accept header"),
	UNSUPPORTED_MEDIA_TYPE(Kind.MEDIA_TYPE, "unsupported-media-type", "The body's media type isn't taken here"),
	REQUEST_TIMEOUT(Kind.TIMEOUT, "request-timeout", "The rest of the request did not come in time"),
	BODY_TOO_LARGE(Kind.TOO_LARGE, "body-too-large", "The body is too large"),
	URI_TOO_LONG(Kind.URI, "uri-too-long", "The request's target is too long"),
	HEADERS_TOO_LARGE(Kind.HEADERS, "headers-too-large", "The request line or a header is too large"),
	INVITATION_PENDING(Kind.CONFLICT, "invitation-pending", "This address has an open invitation"),
	ALREADY_MEMBER(Kind.CONFLICT, "already-member", "This person is a member already"),
	TOO_MANY_PENDING(Kind.CONFLICT, "too-many-pending", "The account has too many open invitations"),
	WRONG_STATUS(Kind.CONFLICT, "wrong-status", "The invitation's status forbids this"),
	OWNER_IMMUTABLE(Kind.CONFLICT, "owner-immutable", "The owner can't be edited, removed or leave"),
	LOGIN_EXISTS(Kind.CONFLICT, "login-exists", "This address has a login already; sign in to accept"),
	REQUEST_IN_FLIGHT(Kind.CONFLICT, "request-in-flight", "The state changes too fast; try again"),
	EXPIRED(Kind.GONE, "expired", "This link has run out"),
	SUPERSEDED(Kind.GONE, "superseded", "A newer link has been sent"),
	REVOKED(Kind.GONE, "revoked", "This invitation was withdrawn"), USED(Kind.GONE, "used", "This link has been used"),
	STALE(Kind.STALE, "stale", "It has changed since you read it"),
	IF_MATCH_REQUIRED(Kind.PRECONDITION_REQUIRED, "if-match-required", "Send the ETag you read as If-Match"),
	INVALID_FIELD(Kind.INVALID, "invalid-field", "A field's value is refused"),
	UNKNOWN_PERMISSION(Kind.INVALID, "unknown-permission", "There is no such permission"),
	EMPTY_PERMISSIONS(Kind.INVALID, "empty-permissions", "At least one permission is needed"),
	WEAK_PASSWORD(Kind.INVALID, "weak-password", "This password is too easy to guess"),
	IDEMPOTENCY_KEY_REUSED(Kind.INVALID, "idempotency-key-reused", "This key was used for another request"),
	LIMIT_REACHED(Kind.LIMITED, "limit-reached", "Too often; try again later"),
	RESEND_TOO_SOON(Kind.LIMITED, "resend-too-soon", "The last mail is too recent"),
	UNAVAILABLE(Kind.UNAVAILABLE, "unavailable", "Not available at the moment; try again"),
	INTERNAL_ERROR(Kind.INTERNAL, "internal-error", "Something is wrong on our side");

	private final Kind kind;

	private final String code;

	private final String title;

	ProblemCode(Kind kind, String code, String title) {
		this.kind = kind;
		this.code = code;
		this.title = title;
	}

	public Kind kind() {
		return this.kind;
	}

	public String code() {
		return this.code;
	}

	/**
	 * One sentence for people, the same for every occurrence.
	 */
	public String title() {
		return this.title;
	}

	/**
	 * What sort of refusal it is; {@code http} maps each to one status.
	 */
	public enum Kind {

		MALFORMED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD, TIMEOUT, NOT_ACCEPTABLE, CONFLICT, GONE, STALE,
		TOO_LARGE, MEDIA_TYPE, INVALID, PRECONDITION_REQUIRED, LIMITED, URI, HEADERS, INTERNAL, UNAVAILABLE

	}

}
