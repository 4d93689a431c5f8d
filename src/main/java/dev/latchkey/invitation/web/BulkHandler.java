package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.latchkey.http.BodyLine;
import dev.latchkey.http.BodyLines;
import dev.latchkey.http.CsvRecords;
import dev.latchkey.http.IdempotencyHeader;
import dev.latchkey.http.LanguageNegotiation;
import dev.latchkey.http.Ndjson;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.StreamingResponses;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.BulkLine;
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
 * time. A line that cannot be read or is refused gets a result line as well. A dry run
 * writes the results that the lines would have, and what was understood of them. If the
 * request cannot be completed, the last line of the response reports it; the client can
 * then repeat the request with the same idempotency key, and it continues from there.
 */
class BulkHandler {

	/** The query parameter of a request that only checks its lines. */
	static final String DRY_RUN = "dry-run";

	private static final Logger logger = LoggerFactory.getLogger(BulkHandler.class);

	private final BulkInvitations invitations;

	private final SessionEndings endings;

	private final ShutdownSignal shutdown;

	private final Ndjson json;

	private final InvitationProperties properties;

	private final Languages languages;

	private final TableVocabulary vocabulary;

	BulkHandler(BulkInvitations invitations, SessionEndings endings, ShutdownSignal shutdown, Ndjson json,
			InvitationProperties properties, Languages languages) {
		this.invitations = invitations;
		this.endings = endings;
		this.shutdown = shutdown;
		this.json = json;
		this.properties = properties;
		this.languages = languages;
		this.vocabulary = new TableVocabulary(languages);
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		boolean dryRun = isDryRun(request);
		BulkLineReader reader = reader(request, dryRun);
		Flux<List<BodyLine>> lines = BodyLines.ofJson(request, this.properties.bulkIdleTimeout());
		return respond(request, lines.map((batch) -> reader.readJson(batch, this.json)), dryRun, Optional::empty);
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		boolean dryRun = isDryRun(request);
		CsvBulkReader reader = new CsvBulkReader(reader(request, dryRun), this.vocabulary, !dryRun);
		Flux<List<BodyLine>> lines = BodyLines.ofTable(request, this.properties.bulkIdleTimeout());
		Flux<List<BulkLine>> batches = CsvRecords.of(lines, reader::isRecord)
			.map(reader::read)
			.filter((batch) -> !batch.isEmpty());
		return respond(request, batches, dryRun, reader::ignoredColumns);
	}

	private static boolean isDryRun(ServerRequest request) {
		return request.queryParam(DRY_RUN).map((text) -> switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw DomainException.malformed(DetailMessage.NOT_A_BOOLEAN).with("field", DRY_RUN);
		}).orElse(false);
	}

	/**
	 * Lines of a dry run have no idempotency keys, because they have no effect.
	 */
	private BulkLineReader reader(ServerRequest request, boolean dryRun) {
		return new BulkLineReader(dryRun ? Optional.empty() : IdempotencyHeader.of(request, "create invitations"),
				this.languages);
	}

	private Mono<ServerResponse> respond(ServerRequest request, Flux<List<BulkLine>> batches, boolean dryRun,
			Supplier<Optional<BulkResultLine>> firstLine) {
		AccountId account = PathVariables.accountId(request);
		Translations translations = LanguageNegotiation.of(request, this.languages);
		return CurrentCaller.current()
			.flatMap(
					(caller) -> StreamingResponses
						.write(StreamingResponses.ok(MediaType.APPLICATION_NDJSON)
							.headers(LanguageNegotiation.mark(translations)),
								results(caller, batches,
										(lines) -> dryRun ? check(account, caller, lines, translations)
												: create(account, caller, lines, translations),
										firstLine, translations)));
	}

	private Flux<List<BulkResultLine>> create(AccountId account, Caller caller, Flux<List<BulkLine>> batches,
			Translations translations) {
		return this.invitations.create(account, caller.user(), batches)
			.map((results) -> results.stream().map((result) -> BulkResultLine.of(result, translations)).toList());
	}

	private Flux<List<BulkResultLine>> check(AccountId account, Caller caller, Flux<List<BulkLine>> batches,
			Translations translations) {
		return this.invitations.check(account, caller.user(), batches)
			.map((checked) -> checked.stream().map((line) -> BulkResultLine.of(line, translations)).toList());
	}

	private Flux<byte[]> results(Caller caller, Flux<List<BulkLine>> batches,
			Function<Flux<List<BulkLine>>, Flux<List<BulkResultLine>>> execution,
			Supplier<Optional<BulkResultLine>> firstLine, Translations translations) {
		AtomicBoolean responseStarted = new AtomicBoolean();
		AtomicBoolean shuttingDown = new AtomicBoolean();
		Mono<Void> shutdownStarted = this.shutdown.closing().doOnSuccess((begun) -> shuttingDown.set(true));
		Flux<List<BulkLine>> atLeastOne = batches
			.switchIfEmpty(Mono.error(DomainException.malformed(DetailMessage.LINES_MISSING)));
		return execution.apply(atLeastOne.takeUntilOther(shutdownStarted))
			.map((results) -> responseStarted.get() ? results : withFirst(firstLine.get(), results))
			.map(this.json::write)
			.concatWith(
					Mono.defer(() -> shuttingDown.get() ? Mono.error(ExceptionTranslator.unavailable()) : Mono.empty()))
			.takeUntilOther(this.endings.failAtEnd(caller))
			.doOnNext((lines) -> responseStarted.set(true))
			.onErrorResume((error) -> responseStarted.get(), (error) -> Mono.just(interrupted(error, translations)));
	}

	private static List<BulkResultLine> withFirst(Optional<BulkResultLine> first, List<BulkResultLine> results) {
		return Stream.concat(first.stream(), results.stream()).toList();
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
