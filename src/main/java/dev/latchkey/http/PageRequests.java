package dev.latchkey.http;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads which page of a list is requested.
 */
public final class PageRequests {

	private static final int DEFAULT_LIMIT = 25;

	private static final int MAX_LIMIT = 100;

	private PageRequests() {
	}

	/**
	 * Reads {@code limit} and {@code cursor} from the query.
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST} or
	 * {@link ProblemCode#INVALID_CURSOR}
	 */
	public static Page.Request of(ServerRequest request) {
		return new Page.Request(limit(request), request.queryParam("cursor").map(PageRequests::cursor).orElse(null));
	}

	private static int limit(ServerRequest request) {
		String text = request.queryParam("limit").orElse(Integer.toString(DEFAULT_LIMIT));
		int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
		if (limit < 1 || limit > MAX_LIMIT) {
			throw DomainException.malformed(DetailMessage.LIMIT_OUT_OF_RANGE, MAX_LIMIT).with("field", "limit");
		}
		return limit;
	}

	private static long cursor(String text) {
		if (!text.matches("[0-9]{1,18}")) {
			throw DomainException.of(ProblemCode.INVALID_CURSOR);
		}
		return Long.parseLong(text);
	}

}
