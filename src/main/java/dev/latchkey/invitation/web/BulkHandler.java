package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.http.BodyLine;
import dev.latchkey.http.BodyLines;
import dev.latchkey.http.IdempotencyHeader;
import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.http.Ndjson;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.StreamingResponses;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.invitation.InvitationProperties;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Translations;
import dev.latchkey.problem.ExceptionTranslator;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shutdown.ShutdownSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Creates many invitations over HTTP: it reads lines and writes their results at the same
 * time. A line that cannot be read or is refused gets a result line as well. If the
 * request cannot be completed, the last line of the response reports it; the client can
 * then repeat the request with the same idempotency key, and it continues from there.
 */
class BulkHandler {

	private static final Logger logger = LoggerFactory.getLogger(BulkHandler.class);

	private final BulkInvitations invitations;

	private final SessionEndings endings;

	private final ShutdownSignal shutdown;

	private final Ndjson json;

	private final InvitationProperties properties;

	private final Languages languages;

	BulkHandler(BulkInvitations invitations, SessionEndings endings, ShutdownSignal shutdown, Ndjson json,
			InvitationProperties properties, Languages languages) {
		this.invitations = invitations;
		this.endings = endings;
		this.shutdown = shutdown;
		this.json = json;
		this.properties = properties;
		this.languages = languages;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		BulkLineReader reader = new BulkLineReader(key(request), this.languages);
		return respond(request, lines(request).map((batch) -> reader.readJson(batch, this.json)));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		CsvBulkReader csvReader = new CsvBulkReader(new BulkLineReader(key(request), this.languages));
		return respond(request, lines(request).map(csvReader::read).filter((batch) -> !batch.isEmpty()));
	}

	private Flux<List<BodyLine>> lines(ServerRequest request) {
		return BodyLines.of(request, this.properties.bulkIdleTimeout());
	}

	private static Optional<IdempotencyKey> key(ServerRequest request) {
		return IdempotencyHeader.of(request, "create invitations");
	}

	private Mono<ServerResponse> respond(ServerRequest request, Flux<List<BulkLine>> batches) {
		AccountId account = PathVariables.accountId(request);
		Translations translations = LanguageNegotiation.of(request, this.languages);
		return CurrentCaller.current()
			.flatMap((caller) -> StreamingResponses.write(
					StreamingResponses.ok(MediaType.APPLICATION_NDJSON).headers(LanguageNegotiation.mark(translations)),
					results(account, caller, batches, translations)));
	}

	private Flux<byte[]> results(AccountId account, Caller caller, Flux<List<BulkLine>> batches,
			Translations translations) {
		AtomicBoolean responseStarted = new AtomicBoolean();
		AtomicBoolean shuttingDown = new AtomicBoolean();
		Mono<Void> shutdownStarted = this.shutdown.closing().doOnSuccess((begun) -> shuttingDown.set(true));
		Flux<List<BulkLine>> atLeastOne = batches
			.switchIfEmpty(Mono.error(DomainException.malformed(DetailMessage.LINES_MISSING)));
		return this.invitations.create(account, caller.user(), atLeastOne.takeUntilOther(shutdownStarted))
			.map((results) -> lines(results, translations))
			.concatWith(
					Mono.defer(() -> shuttingDown.get() ? Mono.error(ExceptionTranslator.unavailable()) : Mono.empty()))
			.takeUntilOther(this.endings.failAtEnd(caller))
			.doOnNext((lines) -> responseStarted.set(true))
			.onErrorResume((error) -> responseStarted.get(), (error) -> Mono.just(interrupted(error, translations)));
	}

	private byte[] lines(List<BulkResult> results, Translations translations) {
		return this.json.write(results.stream().map((result) -> BulkResultLine.of(result, translations)).toList());
	}

	/**
	 * The last line of a response that has started. An internal error must be logged
	 * here, because it is not rendered as a problem any more.
	 */
	private byte[] interrupted(Throwable error, Translations translations) {
		DomainException problem = ExceptionTranslator.of(error);
		if (problem.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Bulk request for invitations failed after the response had started", error);
		}
		return this.json.write(List.of(BulkResultLine.interrupted(problem, translations)));
	}

}
