package dev.latchkey.shared;

import java.util.Arrays;

/**
 * The reasons for refusing a request. The code is part of the API: clients depend on it,
 * so it never changes. The titles are in the message bundles.
 */
public enum ProblemCode {

	MALFORMED_REQUEST(Kind.MALFORMED, "malformed-request"), INVALID_EMAIL(Kind.MALFORMED, "invalid-email"),
	INVALID_CURSOR(Kind.MALFORMED, "invalid-cursor"), NOT_SIGNED_IN(Kind.UNAUTHENTICATED, "not-signed-in"),
	WRONG_CREDENTIALS(Kind.UNAUTHENTICATED, "wrong-credentials"),
	CROSS_SITE_REQUEST(Kind.FORBIDDEN, "cross-site-request"), OWNER_ONLY(Kind.FORBIDDEN, "owner-only"),
	PERMISSION_MISSING(Kind.FORBIDDEN, "permission-missing"), GRANT_EXCEEDS_HELD(Kind.FORBIDDEN, "grant-exceeds-held"),
	INVITATION_EMAIL_MISMATCH(Kind.FORBIDDEN, "invitation-email-mismatch"),
	ACCOUNT_CREATION_CLOSED(Kind.FORBIDDEN, "account-creation-closed"), NOT_FOUND(Kind.NOT_FOUND, "not-found"),
	METHOD_NOT_ALLOWED(Kind.METHOD, "method-not-allowed"), NOT_ACCEPTABLE(Kind.NOT_ACCEPTABLE, "not-acceptable"),
	UNSUPPORTED_MEDIA_TYPE(Kind.MEDIA_TYPE, "unsupported-media-type"), REQUEST_TIMEOUT(Kind.TIMEOUT, "request-timeout"),
	BODY_TOO_LARGE(Kind.TOO_LARGE, "body-too-large"), URI_TOO_LONG(Kind.URI, "uri-too-long"),
	HEADERS_TOO_LARGE(Kind.HEADERS, "headers-too-large"), INVITATION_PENDING(Kind.CONFLICT, "invitation-pending"),
	ALREADY_MEMBER(Kind.CONFLICT, "already-member"), TOO_MANY_PENDING(Kind.CONFLICT, "too-many-pending"),
	WRONG_STATUS(Kind.CONFLICT, "wrong-status"), OWNER_IMMUTABLE(Kind.CONFLICT, "owner-immutable"),
	LOGIN_EXISTS(Kind.CONFLICT, "login-exists"), REQUEST_IN_FLIGHT(Kind.CONFLICT, "request-in-flight"),
	EXPIRED(Kind.GONE, "expired"), SUPERSEDED(Kind.GONE, "superseded"), REVOKED(Kind.GONE, "revoked"),
	USED(Kind.GONE, "used"), STALE(Kind.STALE, "stale"),
	IF_MATCH_REQUIRED(Kind.PRECONDITION_REQUIRED, "if-match-required"), INVALID_FIELD(Kind.INVALID, "invalid-field"),
	UNKNOWN_PERMISSION(Kind.INVALID, "unknown-permission"), EMPTY_PERMISSIONS(Kind.INVALID, "empty-permissions"),
	WEAK_PASSWORD(Kind.INVALID, "weak-password"), IDEMPOTENCY_KEY_REUSED(Kind.INVALID, "idempotency-key-reused"),
	LIMIT_REACHED(Kind.LIMITED, "limit-reached"), RESEND_TOO_SOON(Kind.LIMITED, "resend-too-soon"),
	UNAVAILABLE(Kind.UNAVAILABLE, "unavailable"), INTERNAL_ERROR(Kind.INTERNAL, "internal-error");

	private final Kind kind;

	private final String code;

	ProblemCode(Kind kind, String code) {
		this.kind = kind;
		this.code = code;
	}

	/**
	 * The constant with a code of the API.
	 * @throws IllegalArgumentException if there is no such code
	 */
	public static ProblemCode of(String code) {
		return Arrays.stream(values())
			.filter((constant) -> constant.code.equals(code))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown problem code: " + code));
	}

	public Kind kind() {
		return this.kind;
	}

	public String code() {
		return this.code;
	}

	/**
	 * The key of the title in the message bundles. The title is the same for every
	 * occurrence.
	 */
	public String titleKey() {
		return "problem." + this.code;
	}

	/**
	 * The category of a code; each one is mapped to one HTTP status.
	 */
	public enum Kind {

		MALFORMED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD, TIMEOUT, NOT_ACCEPTABLE, CONFLICT, GONE, STALE,
		TOO_LARGE, MEDIA_TYPE, INVALID, PRECONDITION_REQUIRED, LIMITED, URI, HEADERS, INTERNAL, UNAVAILABLE

	}

}
