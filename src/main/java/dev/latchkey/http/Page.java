package dev.latchkey.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * One page of a keyset-paged list.
 *
 * @param items in the list's order
 * @param next the cursor of the page behind this one, null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

	/**
	 * Makes a page of rows that were read with one more than was asked for.
	 * @param key a row's place in the list
	 */
	public static <T> Page<T> of(List<T> rows, Request request, ToLongFunction<T> key) {
		if (rows.size() <= request.limit()) {
			return new Page<>(rows, null);
		}
		List<T> items = rows.subList(0, request.limit());
		return new Page<>(items, Long.toString(key.applyAsLong(items.get(items.size() - 1))));
	}

	public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
		return new Page<>(this.items.stream().<R>map(mapper).toList(), this.next);
	}

	/**
	 * Which page of a list is wanted.
	 *
	 * @param limit how many items, 1 to 100
	 * @param cursor the place behind which the page starts, null for the first
	 */
	public record Request(int limit, @Nullable Long cursor) {

		private static final int DEFAULT_LIMIT = 25;

		private static final int MAX_LIMIT = 100;

		/**
		 * Reads {@code limit} and {@code cursor} from the query.
		 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST} or
		 * {@link ProblemCode#INVALID_CURSOR}
		 */
		public static Request of(ServerRequest request) {
			return new Request(limit(request), request.queryParam("cursor").map(Request::parse).orElse(null));
		}

		private static int limit(ServerRequest request) {
			String text = request.queryParam("limit").orElse(Integer.toString(DEFAULT_LIMIT));
			int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
			if (limit < 1 || limit > MAX_LIMIT) {
				throw DomainException.malformed(Detail.LIMIT_OUT_OF_RANGE, MAX_LIMIT).with("field", "limit");
			}
			return limit;
		}

		private static long parse(String cursor) {
			if (!cursor.matches("[0-9]{1,18}")) {
				throw DomainException.of(ProblemCode.INVALID_CURSOR);
			}
			return Long.parseLong(cursor);
		}

	}

}
