import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View } from './view.js';

const DURATION_MS = 7000;

const toasts = new EventTarget();

/** Shows a message for a short time. The kind is `success` or `error`. */
export function toast(text, kind = 'success') {
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
			<div class="toast ${each.kind}">${each.kind === 'error' ? icons.warning : icons.check}<span>${each.text}</span>
				<button type="button" class="icon-button" aria-label=${t('action.dismiss')} @click=${() => this.#dismiss(each)}>${icons.close}</button>
			</div>`)}</div>`;
	}

	#add(toast) {
		this.shown = [...this.shown.slice(-2), toast];
		setTimeout(() => this.#dismiss(toast), toast.kind === 'error' ? 2 * DURATION_MS : DURATION_MS);
	}

	#dismiss(toast) {
		this.shown = this.shown.filter((each) => each !== toast);
	}

}

customElements.define('lk-toasts', Toasts);
