import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';

/** The pages of a list. It keeps the cursors of the previous pages, because the API returns only the next one. */
export class Pages {

	constructor(size) {
		this.size = size;
		this.cursors = [null];
	}

	get cursor() {
		return this.cursors.at(-1);
	}

	/** The number of the first row of the current page. */
	get firstRow() {
		return (this.cursors.length - 1) * this.size + 1;
	}

	goForward(next) {
		this.cursors = [...this.cursors, next];
	}

	goBack() {
		this.cursors = this.cursors.slice(0, -1);
	}

	reset() {
		this.cursors = [null];
	}

}

/** Buttons for the previous and the next page of a list; nothing if there is only one page. */
export function pager(label, pages, rowCount, next, onChange) {
	if (pages.cursors.length === 1 && !next) {
		return nothing;
	}
	const goTo = (move) => () => {
		move();
		onChange();
	};
	return html`
		<nav class="pager" aria-label=${label}>
			<button type="button" class="secondary" ?disabled=${pages.cursors.length === 1} @click=${goTo(() => pages.goBack())}>
				${t('page.previous')}</button>
			<span>${t('page.range', { from: pages.firstRow, to: pages.firstRow + Math.max(rowCount, 1) - 1 })}</span>
			<button type="button" class="secondary" ?disabled=${!next} @click=${goTo(() => pages.goForward(next))}>${t('page.next')}</button>
		</nav>`;
}
