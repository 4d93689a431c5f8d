package dev.latchkey.shared;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page has a cursor if and only if there is a next page.
 */
class PageTests {

	private static final Page.Request TWO = new Page.Request(2, null);

	@Test
	void isTheLastOneWithoutAFurtherRow() {
		assertThat(Page.of(List.of(), TWO, Long::longValue)).isEqualTo(new Page<>(List.of(), null));
		assertThat(Page.of(List.of(5L), TWO, Long::longValue)).isEqualTo(new Page<>(List.of(5L), null));
		assertThat(Page.of(List.of(5L, 9L), TWO, Long::longValue)).isEqualTo(new Page<>(List.of(5L, 9L), null));
	}

	@Test
	void endsBeforeTheFurtherRowAndContinuesAfterItsOwnLastRow() {
		assertThat(Page.of(List.of(5L, 9L, 11L), TWO, Long::longValue)).isEqualTo(new Page<>(List.of(5L, 9L), "9"));
	}

	@Test
	void keepsItsCursorWhenItsItemsAreMapped() {
		assertThat(new Page<>(List.of(5L, 9L), "9").map((item) -> "item " + item))
			.isEqualTo(new Page<>(List.of("item 5", "item 9"), "9"));
	}

}
