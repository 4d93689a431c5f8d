import { html } from 'lit';
import { exact, relative, short } from '../i18n/time.js';
import { View } from './view.js';

const UPDATE_INTERVAL_MS = 20_000;

/** A relative time that is kept up to date. The exact time shows on hover. */
class Time extends View {

	static properties = { at: {}, mode: {} };

	connectedCallback() {
		super.connectedCallback();
		const timer = setInterval(() => this.requestUpdate(), UPDATE_INTERVAL_MS);
		this.onDisconnect(() => clearInterval(timer));
	}

	render() {
		const text = this.mode === 'short' ? short(this.at) : relative(this.at);
		return html`<time datetime=${this.at} title=${exact(this.at)}>${text}</time>`;
	}

}

customElements.define('lk-time', Time);

/** A time such as "in 3 days", or with the mode `short` the date and time. */
export function time(at, mode = 'relative') {
	return html`<lk-time .at=${at} .mode=${mode}></lk-time>`;
}
