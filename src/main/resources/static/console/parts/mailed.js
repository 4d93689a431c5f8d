import { html } from 'lit';
import { address, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from './form.js';
import { icons } from './icons.js';

/** Asks for an address and says that a mail is under way; the same whether anybody has that address. */
export class MailedLinkPage extends FormView {

	static properties = { sentTo: { state: true } };

	render() {
		return html`<section class="card narrow">${this.sentTo ? this.#sent() : this.#form()}</section>`;
	}

	#form() {
		return html`
			<h1>${t(`${this.name}.title`)}</h1>
			<p>${t(`${this.name}.text`)}</p>
			<form novalidate @submit=${this.onSubmit}>
				${this.alert()}
				${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
				${this.submitButton(t(`${this.name}.action`))}
			</form>
			<p class="links"><a href=${address('/sign-in')}>${t('sign-in.back')}</a></p>`;
	}

	#sent() {
		return html`
			<div class="big-icon">${icons.mail}</div>
			<h1 tabindex="-1">${t('mailed.title')}</h1>
			<p role="status">${t(`${this.name}.sent`, { email: this.sentTo })}</p>
			<p>${t('mailed.spam')}</p>
			<p class="links">
				<button type="button" class="link" @click=${() => { this.sentTo = null; }}>${t('mailed.other')}</button>
				<a href=${address('/sign-in')}>${t('sign-in.back')}</a>
			</p>`;
	}

	async submit({ email }) {
		await post(this.path, { email: email.trim() });
		this.sentTo = email.trim();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}
