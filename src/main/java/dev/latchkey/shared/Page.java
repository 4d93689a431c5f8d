package dev.latchkey.shared;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list with keyset pagination.
 *
 * @param items the items in the order of the list
 * @param next the cursor of the next page, null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

	/**
	 * Creates a page.
	 * @param rows the rows of the page, and one more if there is a next page
	 * @param key returns the position of a row in the list
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
	 * A request for a page.
	 *
	 * @param limit the maximum number of items
	 * @param cursor the position after which the page starts, null for the first page
	 */
	public record Request(int limit, @Nullable Long cursor) {
	}

}
