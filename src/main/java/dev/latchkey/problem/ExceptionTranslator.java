package dev.latchkey.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;

import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;

/**
 * Translates exceptions of the framework and the database into domain exceptions.
 */
public final class ExceptionTranslator {

	private static final List<Class<? extends Throwable>> OVERLOADED = List.of(DataAccessResourceFailureException.class,
			TransientDataAccessException.class, QueryTimeoutException.class, CannotCreateTransactionException.class,
			R2dbcTransientException.class, R2dbcNonTransientResourceException.class, RejectedExecutionException.class,
			TimeoutException.class);

	private ExceptionTranslator() {
	}

	/**
	 * The domain exception for an error; unknown errors are internal errors.
	 */
	public static DomainException of(Throwable error) {
		if (error instanceof DomainException refusal) {
			return refusal;
		}
		if (hasCause(error, DataBufferLimitException.class)) {
			return DomainException.of(ProblemCode.BODY_TOO_LARGE);
		}
		if (error instanceof MethodNotAllowedException wrongMethod) {
			return methodNotAllowed(wrongMethod.getSupportedMethods().stream().map(HttpMethod::name).sorted().toList());
		}
		if (hasCause(error, InvalidMediaTypeException.class)) {
			return DomainException.malformed(DetailMessage.MEDIA_TYPE_UNREADABLE);
		}
		if (error instanceof ErrorResponse response) {
			return ofStatus(response.getStatusCode().value());
		}
		if (error instanceof CodecException) {
			return DomainException.malformed(DetailMessage.BODY_NOT_JSON);
		}
		if (OVERLOADED.stream().anyMatch((type) -> hasCause(error, type))) {
			return unavailable();
		}
		return DomainException.of(ProblemCode.INTERNAL_ERROR);
	}

	public static DomainException methodNotAllowed(List<String> allowed) {
		return DomainException.of(ProblemCode.METHOD_NOT_ALLOWED).with("allow", allowed);
	}

	/**
	 * The service cannot process the request now, but a retry may succeed.
	 */
	public static DomainException unavailable() {
		return DomainException.of(ProblemCode.UNAVAILABLE).retryAfter(Duration.ofSeconds(2));
	}

	public static DomainException ofStatus(int status) {
		return switch (status) {
			case 400 -> DomainException.of(ProblemCode.MALFORMED_REQUEST);
			case 401 -> DomainException.of(ProblemCode.NOT_SIGNED_IN);
			case 404 -> DomainException.notFound();
			case 406 -> DomainException.of(ProblemCode.NOT_ACCEPTABLE);
			case 413 -> DomainException.of(ProblemCode.BODY_TOO_LARGE);
			case 414 -> DomainException.of(ProblemCode.URI_TOO_LONG);
			case 415 -> DomainException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
			case 431 -> DomainException.of(ProblemCode.HEADERS_TOO_LARGE);
			case 503 -> unavailable();
			default -> DomainException.of(ProblemCode.INTERNAL_ERROR);
		};
	}

	private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

}
