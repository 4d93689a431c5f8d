import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { withPrefix } from '../api/client.js';
import { t } from '../i18n/index.js';
import { time } from '../components/time.js';
import { View } from '../components/view.js';

const POLL_INTERVAL_MS = 2000;

const MESSAGES_URL = withPrefix('/local/mailbox/messages');

const URL_IN_TEXT = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

/** The local mailbox of a service that has no mail server. Mails are shown as plain text. */
class MailboxPage extends View {

	static properties = { messages: { state: true }, texts: { state: true }, isMissing: { state: true } };

	heading = 'mailbox.title';

	constructor() {
		super();
		this.messages = null;
		this.texts = new Map();
	}

	connectedCallback() {
		super.connectedCallback();
		const timer = setInterval(() => document.hidden || this.isMissing || this.#read(), POLL_INTERVAL_MS);
		this.onDisconnect(() => clearInterval(timer));
		this.#read();
	}

	/** If the service is unavailable for a moment, the messages that were read before stay on the page. */
	async #read() {
		const response = await fetch(MESSAGES_URL).catch(() => null);
		if (response?.ok) {
			this.messages = (await response.json()).items;
		}
		else if (response?.status === 404) {
			this.isMissing = true;
		}
	}

	async #open(id) {
		if (!this.texts.has(id)) {
			const response = await fetch(`${MESSAGES_URL}/${id}`);
			this.texts = new Map(this.texts).set(id, response.ok ? (await response.json()).text : '');
		}
	}

	render() {
		if (this.isMissing) {
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
				${text === undefined ? nothing : html`<p class="text">${withLinks(text)}</p>`}
				<p><a href="${MESSAGES_URL}/${id}/html" target="_blank" rel="noopener">${t('mailbox.html')}</a></p>
			</details>`;
	}

}

/** Turns URLs into links. The rest of the text stays plain. */
function withLinks(text) {
	return text.split(URL_IN_TEXT).map((part, index) => index % 2 === 1 ? html`<a href=${part} rel="noreferrer">${part}</a>` : part);
}

customElements.define('lk-mailbox-page', MailboxPage);
