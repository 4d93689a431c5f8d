import { html } from 'lit';
import { t } from '../i18n/index.js';
import { feedOf } from '../state/feeds.js';
import { View } from './view.js';

/** Says whether the page follows what happens, or has lost the connection and tries again. */
class Live extends View {

	static properties = { account: {} };

	connectedCallback() {
		super.connectedCallback();
		this.listen(feedOf(this.account), 'state', () => this.requestUpdate());
	}

	render() {
		const { state } = feedOf(this.account);
		return html`<span class="live ${state}" role="status" data-testid="live"><span class="dot" aria-hidden="true"></span>${t(`live.${state}`)}</span>`;
	}

}

customElements.define('lk-live', Live);
