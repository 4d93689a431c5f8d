package dev.latchkey.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.microsoft.playwright.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deque's axe-core, let loose on a page as it is shown now, in every way in which it can
 * be shown that matters. It comes in by the debugger, which no content policy stops.
 */
final class Axe {

	private static final String SCRIPT = script();

	private static final String RUN = """
			async () => {
				const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
					resultTypes: ['violations'] });
				return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) =>
					`${id}: ${help} in ${html.slice(0, 200)} ${failureSummary}`));
			}""";

	private static final String TURN = """
			async ([theme, language, width]) => {
				for (const [select, value] of [[0, language], [1, theme]]) {
					const element = document.querySelectorAll('footer.shell select')[select];
					element.value = value;
					element.dispatchEvent(new Event('change', { bubbles: true }));
				}
				await new Promise((done) => setTimeout(done, 50));
				const wide = [document.documentElement, ...document.querySelectorAll('dialog[open]')]
					.filter((element) => element.scrollWidth > element.clientWidth);
				return wide.map((element) => `${element.localName}: ${element.scrollWidth} of ${element.clientWidth}: `
					+ [...element.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > width + 1
						&& !each.closest('.hidden')).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5).join(' | '));
			}""";

	/** Each two choices meet in one of these. */
	private static final List<Way> WAYS = List.of(new Way("light", "de", 320), new Way("dark", "en", 320),
			new Way("dark", "de", 1280), new Way("light", "en", 1280));

	private Axe() {
	}

	/**
	 * Fails with everything that is wrong in some of the ways.
	 */
	static void check(Page page) {
		page.evaluate(SCRIPT);
		List<String> wrong = new ArrayList<>();
		WAYS.forEach((way) -> {
			page.setViewportSize(way.width(), 900);
			collect(wrong, way, page.evaluate(TURN, List.of(way.theme(), way.language(), way.width())));
			collect(wrong, way, page.evaluate(RUN));
		});
		page.setViewportSize(1280, 900);
		assertThat(wrong).as(page.url()).isEmpty();
	}

	private static void collect(List<String> wrong, Way way, Object found) {
		((List<?>) found).forEach((each) -> wrong.add(way + ": " + each));
	}

	private static String script() {
		try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
			return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How a page is looked at.
	 */
	private record Way(String theme, String language, int width) {

	}

}
