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
 * Inviting many addresses over HTTP: lines come in and results go out at the same time.
 * What can't be read or is refused is a line of the answer. If the rest can't be done,
 * the last line says so; sent again under the same key, the request goes on from there.
 */
class BulkHandler {

	private static final Logger logger = LoggerFactory.getLogger(BulkHandler.class);

	private final BulkInvitations invitations;

	private final SessionEndings endings;

	private final ShutdownSignal departure;

	private final Ndjson json;

	private final InvitationProperties properties;

	private final Languages languages;

	BulkHandler(BulkInvitations invitations, SessionEndings endings, ShutdownSignal departure, Ndjson json,
			InvitationProperties properties, Languages languages) {
		this.invitations = invitations;
		this.endings = endings;
		this.departure = departure;
		this.json = json;
		this.properties = properties;
		this.languages = languages;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		BulkLineReader lines = new BulkLineReader(key(request), this.languages);
		return answer(request, lines(request).map((batch) -> lines.ofJson(batch, this.json)));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		CsvBulkReader reader = new CsvBulkReader(new BulkLineReader(key(request), this.languages));
		return answer(request, lines(request).map(reader::read).filter((batch) -> !batch.isEmpty()));
	}

	private Flux<List<BodyLine>> lines(ServerRequest request) {
		return BodyLines.of(request, this.properties.bulkIdleTimeout());
	}

	private static Optional<IdempotencyKey> key(ServerRequest request) {
		return IdempotencyHeader.of(request, "create invitations");
	}

	private Mono<ServerResponse> answer(ServerRequest request, Flux<List<BulkLine>> batches) {
		AccountId account = PathVariables.accountId(request);
		Translations translations = LanguageNegotiation.of(request, this.languages);
		return CurrentCaller.current()
			.flatMap((caller) -> StreamingResponses.write(
					StreamingResponses.ok(MediaType.APPLICATION_NDJSON).headers(LanguageNegotiation.mark(translations)),
					results(account, caller, batches, translations)));
	}

	private Flux<byte[]> results(AccountId account, Caller caller, Flux<List<BulkLine>> batches,
			Translations translations) {
		AtomicBoolean begun = new AtomicBoolean();
		Flux<List<BulkLine>> some = batches
			.switchIfEmpty(Mono.error(DomainException.malformed(DetailMessage.LINES_MISSING)));
		AtomicBoolean cut = new AtomicBoolean();
		Mono<Void> departure = this.departure.begun().doOnSuccess((gone) -> cut.set(true));
		return this.invitations.create(account, caller.user(), some.takeUntilOther(departure))
			.map((batch) -> this.json
				.write(batch.stream().map((result) -> BulkResultLine.of(result, translations)).toList()))
			.concatWith(Mono.defer(() -> cut.get() ? Mono.error(ExceptionTranslator.unavailable()) : Mono.empty()))
			.takeUntilOther(this.endings.failAtEnd(caller))
			.doOnNext((piece) -> begun.set(true))
			.onErrorResume((error) -> begun.get(), (error) -> Mono.just(interrupted(error, translations)));
	}

	/**
	 * The last line of an answer that has begun. A fault is no problem any more that
	 * would be told of elsewhere.
	 */
	private byte[] interrupted(Throwable error, Translations translations) {
		DomainException refusal = ExceptionTranslator.of(error);
		if (refusal.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Request failed half-way: many invitations", error);
		}
		return this.json.write(List.of(BulkResultLine.interrupted(refusal, translations)));
	}

}
