import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View } from './view.js';

const STAYS = 7000;

const toasts = new EventTarget();

/** Tells what has come of a click, for a short while. */
export function toast(text, kind = 'done') {
	toasts.dispatchEvent(new CustomEvent('toast', { detail: { text, kind, id: crypto.getRandomValues(new Uint32Array(1))[0] } }));
}

class Toasts extends View {

	static properties = { shown: { state: true } };

	constructor() {
		super();
		this.shown = [];
	}

	connectedCallback() {
		super.connectedCallback();
		this.listen(toasts, 'toast', ({ detail }) => this.#add(detail));
	}

	render() {
		return html`<div class="toasts" role="status">${repeat(this.shown, ({ id }) => id, (each) => html`
			<div class="toast ${each.kind}">${each.kind === 'failed' ? icons.caution : icons.check}<span>${each.text}</span>
				<button type="button" class="icon-button" aria-label=${t('action.dismiss')} @click=${() => this.#drop(each)}>${icons.close}</button>
			</div>`)}</div>`;
	}

	#add(toast) {
		this.shown = [...this.shown.slice(-2), toast];
		setTimeout(() => this.#drop(toast), toast.kind === 'failed' ? 2 * STAYS : STAYS);
	}

	#drop(toast) {
		this.shown = this.shown.filter((each) => each !== toast);
	}

}

customElements.define('lk-toasts', Toasts);
