package dev.latchkey.console;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByLabelOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/**
 * What a person finds on a page, or in a part of one, by what it is and by its name.
 */
record Screen(Locator part) {

	static Screen of(Page page) {
		return new Screen(page.locator("body"));
	}

	Page page() {
		return this.part.page();
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
		return this.part.getByLabel(label, new GetByLabelOptions().setExact(true));
	}

	/** The list to choose from with this label. */
	Locator choice(String label) {
		return named(AriaRole.COMBOBOX, label);
	}

	/** The row of a table with this in it. */
	Screen row(String text) {
		return new Screen(this.part.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text)));
	}

	/** The entry of a list with this in it. */
	Screen entry(String text) {
		return new Screen(this.part.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(text)));
	}

	/** The section with this heading. */
	Screen region(String name) {
		return new Screen(named(AriaRole.REGION, name));
	}

	Screen dialog(String title) {
		return new Screen(named(AriaRole.DIALOG, title));
	}

	Locator alert() {
		return this.part.getByRole(AriaRole.ALERT)
			.filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\S")));
	}

	/** What is said for a short while after something was done. */
	Locator told(String text) {
		return this.part.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(text));
	}

	/** Whether the page follows what happens: "Live" or not. */
	Locator live(String state) {
		return this.part.getByRole(AriaRole.STATUS)
			.filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + state + "\\s*$")));
	}

	Locator text(String text) {
		return this.part.getByText(text);
	}

	private Locator named(AriaRole role, String name) {
		return this.part.getByRole(role, new GetByRoleOptions().setName(name).setExact(true));
	}

}
