import { html, nothing } from 'lit';
import { plural, t } from '../i18n/index.js';
import { catalogue } from '../state/catalogue.js';
import { icons } from './icons.js';
import { View, uniqueId } from './view.js';

/**
 * A field to select permissions. It never selects a permission by itself: if one needs another, it shows a
 * hint and a button that adds it. Dispatches `pick` with the selected keys.
 */
class Picker extends View {

	static properties = { selected: {}, error: {}, entries: { state: true }, failed: { state: true } };

	constructor() {
		super();
		this.selected = [];
		this.entries = [];
		this.failed = false;
		this.id ||= uniqueId('picker');
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
					<span class="count" aria-live="polite">${t('permissions.selected', { count: this.selected.length, total: this.entries.length })}</span>
				</legend>
				${this.error ? html`<p class="field-error" id=${error}>${icons.warning}${this.error}</p>` : nothing}
				${this.failed ? html`<p class="field-error">${t('problem.offline')}
					<button type="button" class="link" @click=${this.load}>${t('action.retry')}</button></p>` : nothing}
				<label class="all">
					<input type="checkbox" .checked=${this.#isAllSelected()}
						.indeterminate=${this.selected.length > 0 && !this.#isAllSelected()} @change=${this.#toggleAll}>
					${plural('permissions.select-all', this.entries.length)}
				</label>
				<div class="choices">${this.entries.map((entry) => this.#choice(entry))}</div>
			</fieldset>`;
	}

	#choice(entry) {
		const id = `${this.id}-${entry.key}`;
		const checked = this.selected.includes(entry.key);
		const missingKeys = checked ? entry.requires.filter((key) => !this.selected.includes(key)) : [];
		return html`
			<div class="choice ${checked ? 'selected' : ''} ${entry.sensitive ? 'sensitive' : ''}">
				<input type="checkbox" id=${id} name=${entry.key} .checked=${checked} aria-describedby="${id}-description"
					@change=${() => this.#toggle(entry.key)}>
				<div>
					<label for=${id}>${entry.title}</label>
					<div id="${id}-description" class="description">
						<span>${entry.description}</span>
						${entry.sensitive ? html`<span class="warning">${icons.warning}${t('permissions.warning')}</span>` : nothing}
						${missingKeys.length > 0 ? html`<span class="hint">${t('permissions.needs', { title: this.#title(missingKeys[0]) })}</span>` : nothing}
					</div>
					${missingKeys.length > 0 ? html`<button type="button" class="link" @click=${() => this.#toggle(missingKeys[0])}>
						${t('permissions.add', { title: this.#title(missingKeys[0]) })}</button>` : nothing}
				</div>
			</div>`;
	}

	#title(key) {
		return this.entries.find((entry) => entry.key === key)?.title ?? key;
	}

	#isAllSelected() {
		return this.entries.length > 0 && this.selected.length === this.entries.length;
	}

	#toggleAll() {
		this.#select(this.#isAllSelected() ? [] : this.entries.map((entry) => entry.key));
	}

	#toggle(key) {
		this.#select(this.selected.includes(key) ? this.selected.filter((each) => each !== key) : [...this.selected, key]);
	}

	#select(keys) {
		this.selected = this.entries.map((entry) => entry.key).filter((key) => keys.includes(key));
		this.dispatchEvent(new CustomEvent('pick', { detail: this.selected }));
	}

}

customElements.define('lk-picker', Picker);
