package dev.latchkey.invitation.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.http.AcceptLanguage;
import dev.latchkey.http.BodyLine;
import dev.latchkey.http.BodyLines;
import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.http.JsonLines;
import dev.latchkey.http.Refusals;
import dev.latchkey.http.Streamed;
import dev.latchkey.invitation.BulkInvitations;
import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.InvitationProperties;
import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Callers;
import dev.latchkey.session.SessionEnds;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.signal.Departure;
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

	private final SessionEnds ends;

	private final Departure departure;

	private final JsonLines json;

	private final InvitationProperties properties;

	private final Languages languages;

	BulkHandler(BulkInvitations invitations, SessionEnds ends, Departure departure, JsonLines json,
			InvitationProperties properties, Languages languages) {
		this.invitations = invitations;
		this.ends = ends;
		this.departure = departure;
		this.json = json;
		this.properties = properties;
		this.languages = languages;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		BulkLines lines = new BulkLines(key(request), this.languages);
		return answer(request, lines(request).map((batch) -> lines.ofJson(batch, this.json)));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		CsvRows rows = new CsvRows(new BulkLines(key(request), this.languages));
		return answer(request, lines(request).map(rows::read).filter((batch) -> !batch.isEmpty()));
	}

	private Flux<List<BodyLine>> lines(ServerRequest request) {
		return BodyLines.of(request, this.properties.bulkPatience());
	}

	private static Optional<IdempotencyKey> key(ServerRequest request) {
		return IdempotencyKey.of(request, "create invitations");
	}

	private Mono<ServerResponse> answer(ServerRequest request, Flux<List<BulkLine>> batches) {
		AccountId account = InvitationHandler.account(request);
		Words words = AcceptLanguage.of(request, this.languages);
		return Callers.current()
			.flatMap((caller) -> Streamed.write(
					Streamed.ok(MediaType.APPLICATION_NDJSON).headers(AcceptLanguage.mark(words)),
					results(account, caller, batches, words)));
	}

	private Flux<byte[]> results(AccountId account, Caller caller, Flux<List<BulkLine>> batches, Words words) {
		AtomicBoolean begun = new AtomicBoolean();
		Flux<List<BulkLine>> some = batches.switchIfEmpty(Mono.error(DomainException.malformed(Detail.LINES_MISSING)));
		AtomicBoolean cut = new AtomicBoolean();
		Mono<Void> departure = this.departure.begun().doOnSuccess((gone) -> cut.set(true));
		return this.invitations.create(account, caller.user(), some.takeUntilOther(departure))
			.map((batch) -> this.json.write(batch.stream().map((result) -> BulkAnswer.of(result, words)).toList()))
			.concatWith(Mono.defer(() -> cut.get() ? Mono.error(Refusals.unavailable()) : Mono.empty()))
			.takeUntilOther(this.ends.cutting(caller))
			.doOnNext((piece) -> begun.set(true))
			.onErrorResume((error) -> begun.get(), (error) -> Mono.just(interrupted(error, words)));
	}

	/**
	 * The last line of an answer that has begun. A fault is no problem any more that
	 * would be told of elsewhere.
	 */
	private byte[] interrupted(Throwable error, Words words) {
		DomainException refusal = Refusals.of(error);
		if (refusal.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("Request failed half-way: many invitations", error);
		}
		return this.json.write(List.of(BulkAnswer.interrupted(refusal, words)));
	}

}
