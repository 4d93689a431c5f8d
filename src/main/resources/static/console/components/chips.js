import { html, nothing } from 'lit';
import { plural, t } from '../i18n/index.js';
import { catalogue } from '../state/catalogue.js';
import { icons } from './icons.js';
import { View } from './view.js';

const COLLAPSED_COUNT = 3;

/** Permissions as chips: the first few, and a button that shows the rest. */
class Chips extends View {

	static properties = { keys: {}, expanded: { state: true }, entries: { state: true } };

	constructor() {
		super();
		this.keys = [];
		this.entries = [];
		this.expanded = false;
	}

	connectedCallback() {
		super.connectedCallback();
		this.#load();
	}

	languageChanged() {
		this.#load();
	}

	async #load() {
		this.entries = await catalogue().catch(() => []);
	}

	render() {
		if (this.entries.length > 0 && this.keys.length === this.entries.length) {
			return html`<span class="chips"><span class="chip">${plural('permissions.all', this.keys.length)}</span></span>`;
		}
		const shown = this.expanded || this.keys.length <= COLLAPSED_COUNT + 1 ? this.keys : this.keys.slice(0, COLLAPSED_COUNT);
		const rest = this.keys.length - shown.length;
		return html`
			<ul class="chips" role="list">
				${shown.map((key) => this.#chip(key))}
				${rest > 0 || this.expanded ? html`<li>
					<button type="button" class="chip more" aria-expanded=${this.expanded ? 'true' : 'false'}
						@click=${() => { this.expanded = !this.expanded; }}>
						${this.expanded ? t('permissions.fewer') : plural('permissions.more', rest)}
					</button>
				</li>` : nothing}
			</ul>`;
	}

	#chip(key) {
		const entry = this.entries.find((each) => each.key === key) ?? { title: key };
		return html`<li class="chip" title=${entry.description ?? nothing}>${entry.sensitive
			? html`${icons.warning}<span class="visually-hidden">${t('permissions.sensitive')}: </span>` : nothing}${entry.title}</li>`;
	}

}

customElements.define('lk-chips', Chips);

export function chips(keys) {
	return html`<lk-chips .keys=${keys}></lk-chips>`;
}
