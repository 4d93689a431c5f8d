package dev.latchkey.problem;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.codec.CodecException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which problem a client gets for an exception of the framework or the database.
 */
class ExceptionTranslatorTests {

	static Stream<Arguments> exceptions() {
		return Stream.of(Arguments.of(new DataBufferLimitException("limit"), ProblemCode.BODY_TOO_LARGE),
				Arguments.of(
						new ResponseStatusException(HttpStatus.BAD_REQUEST, "",
								new DecodingException("", new DataBufferLimitException("limit"))),
						ProblemCode.BODY_TOO_LARGE),
				Arguments.of(new InvalidMediaTypeException("x", "y"), ProblemCode.MALFORMED_REQUEST),
				Arguments.of(new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "",
						new InvalidMediaTypeException("x", "y")), ProblemCode.MALFORMED_REQUEST),
				Arguments.of(new ServerWebInputException("body"), ProblemCode.MALFORMED_REQUEST),
				Arguments.of(new CodecException("no JSON"), ProblemCode.MALFORMED_REQUEST),
				Arguments.of(new DataAccessResourceFailureException("pool"), ProblemCode.UNAVAILABLE),
				Arguments.of(new CannotAcquireLockException("lock"), ProblemCode.UNAVAILABLE),
				Arguments.of(new QueryTimeoutException("slow"), ProblemCode.UNAVAILABLE),
				Arguments.of(new CannotCreateTransactionException("pool"), ProblemCode.UNAVAILABLE),
				Arguments.of(new R2dbcTransientResourceException("x"), ProblemCode.UNAVAILABLE),
				Arguments.of(new R2dbcNonTransientResourceException("x"), ProblemCode.UNAVAILABLE),
				Arguments.of(new RejectedExecutionException("full"), ProblemCode.UNAVAILABLE),
				Arguments.of(new TimeoutException("slow"), ProblemCode.UNAVAILABLE),
				Arguments.of(new IllegalStateException(new TimeoutException("slow")), ProblemCode.UNAVAILABLE),
				Arguments.of(new DuplicateKeyException("users_pkey"), ProblemCode.INTERNAL_ERROR),
				Arguments.of(new R2dbcBadGrammarException("select", "42601", 0), ProblemCode.INTERNAL_ERROR),
				Arguments.of(new IOException("disk"), ProblemCode.INTERNAL_ERROR),
				Arguments.of(new NullPointerException(), ProblemCode.INTERNAL_ERROR),
				Arguments.of(new StackOverflowError(), ProblemCode.INTERNAL_ERROR));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void anExceptionHasAProblemCode(Throwable error, ProblemCode code) {
		assertThat(ExceptionTranslator.of(error).code()).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "400, MALFORMED_REQUEST", "401, NOT_SIGNED_IN", "404, NOT_FOUND", "406, NOT_ACCEPTABLE",
			"413, BODY_TOO_LARGE", "414, URI_TOO_LONG", "415, UNSUPPORTED_MEDIA_TYPE", "431, HEADERS_TOO_LARGE",
			"503, UNAVAILABLE", "500, INTERNAL_ERROR", "418, INTERNAL_ERROR", "502, INTERNAL_ERROR" })
	void aStatusHasAProblemCode(int status, ProblemCode code) {
		assertThat(ExceptionTranslator.ofStatus(status).code()).isEqualTo(code);
		ResponseStatusException error = new ResponseStatusException(HttpStatusCode.valueOf(status));
		assertThat(ExceptionTranslator.of(error).code()).isEqualTo(code);
	}

	@Test
	void aRefusalIsNotTranslated() {
		DomainException refusal = DomainException.notFound();
		assertThat(ExceptionTranslator.of(refusal)).isSameAs(refusal);
	}

	@Test
	void aWrongMethodHasTheAllowedMethodsInOrder() {
		DomainException refusal = ExceptionTranslator
			.of(new MethodNotAllowedException(HttpMethod.PUT, List.of(HttpMethod.POST, HttpMethod.GET)));
		assertThat(refusal.code()).isEqualTo(ProblemCode.METHOD_NOT_ALLOWED);
		assertThat(refusal.properties()).containsEntry("allow", List.of("GET", "POST"));
	}

	@Test
	void anOverloadCanBeRepeatedAfterTwoSeconds() {
		assertThat(ExceptionTranslator.of(new TimeoutException()).retryAfter()).isEqualTo(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@EnumSource
	void everyKindOfProblemHasAnErrorStatusOfItsOwn(ProblemCode.Kind kind) {
		HttpStatus status = ProblemStatus.of(kind);
		assertThat(status.isError()).isTrue();
		assertThat(Stream.of(ProblemCode.Kind.values()).filter((other) -> ProblemStatus.of(other) == status))
			.containsExactly(kind);
	}

}
