import { html } from 'lit';
import { address, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { icons } from '../parts/icons.js';
import { TokenPage } from '../parts/token.js';
import { session } from '../state/session.js';

/** Sets a new password by the mailed link; whoever was signed in with the old one no longer is. */
class PasswordResetPage extends TokenPage {

	heading = 'reset.title';

	render() {
		if (this.gone) {
			return this.dead('reset', t('reset.again'), '/forgotten-password');
		}
		return html`<section class="card narrow">${this.done ? this.#finished() : this.#form()}</section>`;
	}

	#form() {
		return html`
			<h1>${t('reset.title')}</h1>
			<p>${t('reset.text')}</p>
			<form novalidate @submit=${this.onSubmit}>
				${this.alert()}
				${this.field('password', t('field.new-password'),
					{ type: 'password', autocomplete: 'new-password', maxlength: 128, hint: t('field.new-password.hint') })}
				${this.submitButton(t('reset.action'))}
			</form>`;
	}

	#finished() {
		return html`
			<div class="big-icon good">${icons.check}</div>
			<h1 tabindex="-1">${t('reset.done.title')}</h1>
			<p role="status">${t('reset.done.text')}</p>
			<p><a class="button" href=${address('/sign-in')}>${t('sign-in.action')}</a></p>`;
	}

	async submit({ password }) {
		await post('/password-resets/confirmation', { token: this.token, password });
		this.forgetToken();
		this.done = true;
		await session.renew();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}

customElements.define('lk-password-reset-page', PasswordResetPage);
