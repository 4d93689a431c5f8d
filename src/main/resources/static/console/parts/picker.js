import { html, nothing } from 'lit';
import { plural, t } from '../i18n/index.js';
import { catalogue } from '../state/catalogue.js';
import { icons } from './icons.js';
import { View, freshId } from './view.js';

/**
 * Picks permissions. Nothing is picked beforehand, and nothing is added by itself: a permission that
 * is of little use without another says so and offers it. Dispatches `pick` with the keys.
 */
class Picker extends View {

	static properties = { picked: {}, error: {}, entries: { state: true }, failed: { state: true } };

	constructor() {
		super();
		this.picked = [];
		this.entries = [];
		this.failed = false;
		this.id ||= freshId('picker');
	}

	connectedCallback() {
		super.connectedCallback();
		this.load();
	}

	languageChanged() {
		this.load();
	}

	async load() {
		try {
			this.entries = await catalogue();
			this.failed = false;
		}
		catch {
			this.failed = true;
		}
	}

	render() {
		const error = `${this.id}-error`;
		return html`
			<fieldset class="picker" aria-describedby=${this.error ? error : nothing}>
				<legend>${t('permissions.legend')}
					<span class="count" aria-live="polite">${t('permissions.picked', { count: this.picked.length, total: this.entries.length })}</span>
				</legend>
				${this.error ? html`<p class="field-error" id=${error}>${icons.caution}${this.error}</p>` : nothing}
				${this.failed ? html`<p class="field-error">${t('problem.offline')}
					<button type="button" class="link" @click=${this.load}>${t('action.again')}</button></p>` : nothing}
				<label class="all">
					<input type="checkbox" .checked=${this.#allPicked()}
						.indeterminate=${this.picked.length > 0 && !this.#allPicked()} @change=${this.#toggleAll}>
					${plural('permissions.select-all', this.entries.length)}
				</label>
				<div class="choices">${this.entries.map((entry) => this.#choice(entry))}</div>
			</fieldset>`;
	}

	#choice(entry) {
		const id = `${this.id}-${entry.key}`;
		const checked = this.picked.includes(entry.key);
		const missing = checked ? entry.requires.filter((key) => !this.picked.includes(key)) : [];
		return html`
			<div class="choice ${checked ? 'picked' : ''} ${entry.sensitive ? 'sensitive' : ''}">
				<input type="checkbox" id=${id} name=${entry.key} .checked=${checked} aria-describedby="${id}-about"
					@change=${() => this.#toggle(entry.key)}>
				<div>
					<label for=${id}>${entry.title}</label>
					<div id="${id}-about" class="about">
						<span>${entry.description}</span>
						${entry.sensitive ? html`<span class="caution">${icons.caution}${t('permissions.caution')}</span>` : nothing}
						${missing.length > 0 ? html`<span class="hint">${t('permissions.requires', { title: this.#title(missing[0]) })}</span>` : nothing}
					</div>
					${missing.length > 0 ? html`<button type="button" class="link" @click=${() => this.#toggle(missing[0])}>
						${t('permissions.add', { title: this.#title(missing[0]) })}</button>` : nothing}
				</div>
			</div>`;
	}

	#title(key) {
		return this.entries.find((entry) => entry.key === key)?.title ?? key;
	}

	#allPicked() {
		return this.entries.length > 0 && this.picked.length === this.entries.length;
	}

	#toggleAll() {
		this.#pick(this.#allPicked() ? [] : this.entries.map((entry) => entry.key));
	}

	#toggle(key) {
		this.#pick(this.picked.includes(key) ? this.picked.filter((each) => each !== key) : [...this.picked, key]);
	}

	#pick(keys) {
		this.picked = this.entries.map((entry) => entry.key).filter((key) => keys.includes(key));
		this.dispatchEvent(new CustomEvent('pick', { detail: this.picked }));
	}

}

customElements.define('lk-picker', Picker);
