package dev.latchkey.problem;

import dev.latchkey.shared.ProblemCode;

import org.springframework.http.HttpStatus;

/**
 * Maps each kind of error to its HTTP status.
 */
final class ProblemStatus {

	private ProblemStatus() {
	}

	static HttpStatus of(ProblemCode.Kind kind) {
		return switch (kind) {
			case MALFORMED -> HttpStatus.BAD_REQUEST;
			case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case METHOD -> HttpStatus.METHOD_NOT_ALLOWED;
			case TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
			case NOT_ACCEPTABLE -> HttpStatus.NOT_ACCEPTABLE;
			case CONFLICT -> HttpStatus.CONFLICT;
			case GONE -> HttpStatus.GONE;
			case STALE -> HttpStatus.PRECONDITION_FAILED;
			case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
			case MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
			case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
			case PRECONDITION_REQUIRED -> HttpStatus.PRECONDITION_REQUIRED;
			case LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
			case URI -> HttpStatus.URI_TOO_LONG;
			case HEADERS -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
			case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
			case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
		};
	}

}
