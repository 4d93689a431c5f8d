import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';

/** Remembers the cursors of the pages before, since a list only tells the next one's. */
export class Pages {

	constructor(size) {
		this.size = size;
		this.cursors = [null];
	}

	get cursor() {
		return this.cursors.at(-1);
	}

	get first() {
		return (this.cursors.length - 1) * this.size + 1;
	}

	forth(next) {
		this.cursors = [...this.cursors, next];
	}

	back() {
		this.cursors = this.cursors.slice(0, -1);
	}

	restart() {
		this.cursors = [null];
	}

}

/** Goes through the pages of a list; nothing as long as there is only one. */
export function pager(label, pages, shown, next, turned) {
	if (pages.cursors.length === 1 && !next) {
		return nothing;
	}
	const turn = (move) => () => {
		move();
		turned();
	};
	return html`
		<nav class="pager" aria-label=${label}>
			<button type="button" class="secondary" ?disabled=${pages.cursors.length === 1} @click=${turn(() => pages.back())}>
				${t('page.previous')}</button>
			<span>${t('page.range', { from: pages.first, to: pages.first + Math.max(shown, 1) - 1 })}</span>
			<button type="button" class="secondary" ?disabled=${!next} @click=${turn(() => pages.forth(next))}>${t('page.next')}</button>
		</nav>`;
}
