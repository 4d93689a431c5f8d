import { html } from 'lit';
import { t } from '../i18n/index.js';
import { feedOf } from '../state/feeds.js';
import { View } from './view.js';

/** Shows whether the live feed is connected. */
class LiveStatus extends View {

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

customElements.define('lk-live-status', LiveStatus);
