import { html } from 'lit';
import { exact, relative, short } from '../i18n/time.js';
import { View } from './view.js';

const PERIOD = 20_000;

/** A time in words that stay true while they are looked at; the exact one shows on hover. */
class Time extends View {

	static properties = { at: {}, mode: {} };

	connectedCallback() {
		super.connectedCallback();
		const timer = setInterval(() => this.requestUpdate(), PERIOD);
		this.while(() => clearInterval(timer));
	}

	render() {
		const text = this.mode === 'short' ? short(this.at) : relative(this.at);
		return html`<time datetime=${this.at} title=${exact(this.at)}>${text}</time>`;
	}

}

customElements.define('lk-time', Time);

/** "in 3 days", or with the mode `short` the date and time. */
export function time(at, mode = 'relative') {
	return html`<lk-time .at=${at} .mode=${mode}></lk-time>`;
}
