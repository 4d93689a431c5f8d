package dev.latchkey.shared;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

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
	}

}
