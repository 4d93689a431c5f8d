package dev.latchkey.console;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByLabelOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/**
 * Finds elements of a page, or of a part of one, by their role and accessible name.
 *
 * @param locator the part of the page
 */
record Screen(Locator locator) {

	static Screen of(Page page) {
		return new Screen(page.locator("body"));
	}

	Page page() {
		return this.locator.page();
	}

	Locator button(String name) {
		return named(AriaRole.BUTTON, name);
	}

	Locator link(String name) {
		return named(AriaRole.LINK, name);
	}

	Locator heading(String name) {
		return named(AriaRole.HEADING, name);
	}

	Locator checkbox(String name) {
		return named(AriaRole.CHECKBOX, name);
	}

	/** The input with this label. */
	Locator field(String label) {
		return this.locator.getByLabel(label, new GetByLabelOptions().setExact(true));
	}

	/** The select box with this label. */
	Locator select(String label) {
		return named(AriaRole.COMBOBOX, label);
	}

	/** The table row that contains a text. */
	Screen row(String text) {
		return new Screen(this.locator.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text)));
	}

	/** The list item that contains a text. */
	Screen listItem(String text) {
		return new Screen(
				this.locator.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(text)));
	}

	/** The region with this heading. */
	Screen region(String name) {
		return new Screen(named(AriaRole.REGION, name));
	}

	Screen dialog(String title) {
		return new Screen(named(AriaRole.DIALOG, title));
	}

	Locator alert() {
		return this.locator.getByRole(AriaRole.ALERT)
			.filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\S")));
	}

	/** The status message that contains a text, such as a toast. */
	Locator status(String text) {
		return this.locator.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(text));
	}

	/** The status of the live feed, such as "Live". */
	Locator liveStatus(String state) {
		return this.locator.getByRole(AriaRole.STATUS)
			.filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + state + "\\s*$")));
	}

	Locator text(String text) {
		return this.locator.getByText(text);
	}

	private Locator named(AriaRole role, String name) {
		return this.locator.getByRole(role, new GetByRoleOptions().setName(name).setExact(true));
	}

}
