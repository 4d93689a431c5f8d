import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { address } from '../api/client.js';
import { t } from '../i18n/index.js';
import { time } from '../parts/time.js';
import { View } from '../parts/view.js';

const PERIOD = 2000;

const MESSAGES = address('/local/mailbox/messages');

const WEB_ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

/** The mail of a service without a mail server, on its own machine. What a mail says is shown as text. */
class MailboxPage extends View {

	static properties = { messages: { state: true }, texts: { state: true }, none: { state: true } };

	heading = 'mailbox.title';

	constructor() {
		super();
		this.messages = null;
		this.texts = new Map();
	}

	connectedCallback() {
		super.connectedCallback();
		const timer = setInterval(() => document.hidden || this.none || this.#read(), PERIOD);
		this.while(() => clearInterval(timer));
		this.#read();
	}

	/** A service that is away for a moment has no other mail when it is back. */
	async #read() {
		const response = await fetch(MESSAGES).catch(() => null);
		if (response?.ok) {
			this.messages = (await response.json()).items;
		}
		else if (response?.status === 404) {
			this.none = true;
		}
	}

	async #open(id) {
		if (!this.texts.has(id)) {
			const response = await fetch(`${MESSAGES}/${id}`);
			this.texts = new Map(this.texts).set(id, response.ok ? (await response.json()).text : '');
		}
	}

	render() {
		if (this.none) {
			return html`<section class="empty narrow"><h1>${t('mailbox.none.title')}</h1><p>${t('mailbox.none.text')}</p></section>`;
		}
		return html`
			<div class="page-head"><div><h1>${t('mailbox.title')}</h1><p class="muted">${t('mailbox.text')}</p></div></div>
			${this.messages?.length === 0 ? html`<section class="empty"><h2>${t('mailbox.empty.title')}</h2><p>${t('mailbox.empty.text')}</p></section>`
				: repeat(this.messages ?? [], ({ id }) => id, (message) => this.#message(message))}`;
	}

	#message({ id, receivedAt, to, subject }) {
		const text = this.texts.get(id);
		return html`
			<details class="mail card" @toggle=${({ target }) => target.open && this.#open(id)}>
				<summary><span class="subject">${subject}</span>
					<span class="muted">${t('mailbox.to')} ${to} · ${time(receivedAt)}</span></summary>
				${text === undefined ? nothing : html`<p class="text">${linked(text)}</p>`}
				<p><a href="${MESSAGES}/${id}/html" target="_blank" rel="noopener">${t('mailbox.html')}</a></p>
			</details>`;
	}

}

/** Web addresses become links; there is nothing else in a text that does anything. */
function linked(text) {
	return text.split(WEB_ADDRESS).map((part, index) => index % 2 === 1 ? html`<a href=${part} rel="noreferrer">${part}</a>` : part);
}

customElements.define('lk-mailbox-page', MailboxPage);
