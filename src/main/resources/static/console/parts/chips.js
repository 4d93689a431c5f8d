import { html, nothing } from 'lit';
import { plural, t } from '../i18n/index.js';
import { catalogue } from '../state/catalogue.js';
import { icons } from './icons.js';
import { View } from './view.js';

const FEW = 3;

/** Permissions as chips: the first few, and the rest on demand. */
class Chips extends View {

	static properties = { keys: {}, all: { type: Boolean }, open: { state: true }, entries: { state: true } };

	constructor() {
		super();
		this.keys = [];
		this.entries = [];
		this.open = false;
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
		if (this.entries.length > 0 && this.keys.length === this.entries.length && !this.all) {
			return html`<span class="chips"><span class="chip every">${plural('permissions.all', this.keys.length)}</span></span>`;
		}
		const shown = this.all || this.open || this.keys.length <= FEW + 1 ? this.keys : this.keys.slice(0, FEW);
		const rest = this.keys.length - shown.length;
		return html`
			<ul class="chips" role="list">
				${shown.map((key) => this.#chip(key))}
				${rest > 0 || this.open ? html`<li>
					<button type="button" class="chip more" aria-expanded=${this.open ? 'true' : 'false'}
						@click=${() => { this.open = !this.open; }}>
						${this.open ? t('permissions.fewer') : plural('permissions.more', rest)}
					</button>
				</li>` : nothing}
			</ul>`;
	}

	#chip(key) {
		const entry = this.entries.find((each) => each.key === key) ?? { title: key };
		return html`<li class="chip" title=${entry.description ?? nothing}>${entry.sensitive
			? html`${icons.caution}<span class="hidden">${t('permissions.sensitive')}: </span>` : nothing}${entry.title}</li>`;
	}

}

customElements.define('lk-chips', Chips);

export function chips(keys, all = false) {
	return html`<lk-chips .keys=${keys} ?all=${all}></lk-chips>`;
}
