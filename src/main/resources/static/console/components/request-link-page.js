import { html } from 'lit';
import { withPrefix, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from './form-view.js';
import { icons } from './icons.js';

/**
 * Asks for an e-mail address and requests a mail with a link. The result looks the same whether or not the
 * address has a login. A subclass has `texts`, the prefix of its texts, and `path`, the path in the API.
 */
export class RequestLinkPage extends FormView {

	static properties = { sentTo: { state: true } };

	render() {
		return html`<section class="card narrow">${this.sentTo ? this.#confirmation() : this.#form()}</section>`;
	}

	#form() {
		return html`
			<h1>${t(`${this.texts}.title`)}</h1>
			<p>${t(`${this.texts}.text`)}</p>
			<form novalidate @submit=${this.onSubmit}>
				${this.alert()}
				${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
				${this.submitButton(t(`${this.texts}.action`))}
			</form>
			<p class="links"><a href=${withPrefix('/sign-in')}>${t('sign-in.back')}</a></p>`;
	}

	#confirmation() {
		return html`
			<div class="big-icon">${icons.mail}</div>
			<h1 tabindex="-1">${t('link-sent.title')}</h1>
			<p role="status">${t(`${this.texts}.sent`, { email: this.sentTo })}</p>
			<p>${t('link-sent.spam')}</p>
			<p class="links">
				<button type="button" class="link" @click=${() => { this.sentTo = null; }}>${t('link-sent.other-address')}</button>
				<a href=${withPrefix('/sign-in')}>${t('sign-in.back')}</a>
			</p>`;
	}

	async submit({ email }) {
		await post(this.path, { email: email.trim() });
		this.sentTo = email.trim();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}
