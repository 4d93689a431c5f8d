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
 * Runs Deque's axe-core on the current page, in several combinations of theme, language
 * and window width. The script is injected by the debugger, which bypasses the content
 * security policy.
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

	private static final String APPLY_VARIANT = """
			async ([theme, language, width]) => {
				for (const [select, value] of [[0, language], [1, theme]]) {
					const element = document.querySelectorAll('footer.shell select')[select];
					element.value = value;
					element.dispatchEvent(new Event('change', { bubbles: true }));
				}
				await new Promise((done) => setTimeout(done, 50));
				const overflowing = [document.documentElement, ...document.querySelectorAll('dialog[open]')]
					.filter((element) => element.scrollWidth > element.clientWidth);
				return overflowing.map((element) => `${element.localName}: ${element.scrollWidth} of ${element.clientWidth}: `
					+ [...element.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > width + 1
						&& !each.closest('.visually-hidden')).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5).join(' | '));
			}""";

	/** Each pair of two settings occurs in one of these (pairwise testing). */
	private static final List<Variant> VARIANTS = List.of(new Variant("light", "de", 320),
			new Variant("dark", "en", 320), new Variant("dark", "de", 1280), new Variant("light", "en", 1280));

	private Axe() {
	}

	/**
	 * Fails with all violations of all variants, and with elements that overflow
	 * horizontally.
	 */
	static void check(Page page) {
		if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
			page.evaluate(SCRIPT);
		}
		List<String> violations = new ArrayList<>();
		VARIANTS.forEach((variant) -> {
			page.setViewportSize(variant.width(), 900);
			collect(violations, variant,
					page.evaluate(APPLY_VARIANT, List.of(variant.theme(), variant.language(), variant.width())));
			collect(violations, variant, page.evaluate(RUN));
		});
		page.setViewportSize(1280, 900);
		assertThat(violations).as(page.url()).isEmpty();
	}

	private static void collect(List<String> violations, Variant variant, Object results) {
		((List<?>) results).forEach((each) -> violations.add(variant + ": " + each));
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
	 * The settings under which a page is checked.
	 */
	private record Variant(String theme, String language, int width) {

	}

}
