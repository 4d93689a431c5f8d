import { html } from 'lit';
import { withPrefix, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { icons } from '../components/icons.js';
import { TokenPage } from '../components/token-page.js';
import { session } from '../state/session.js';

/** Sets a new password with a mailed link. All sessions of the user end. */
class PasswordResetPage extends TokenPage {

	heading = 'reset.title';

	render() {
		if (this.linkProblem) {
			return this.invalidLink('reset', t('reset.new-link'), '/forgotten-password');
		}
		return html`<section class="card narrow">${this.outcome ? this.#result() : this.#form()}</section>`;
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

	#result() {
		return html`
			<div class="big-icon success">${icons.check}</div>
			<h1 tabindex="-1">${t('reset.done.title')}</h1>
			<p role="status">${t('reset.done.text')}</p>
			<p><a class="button" href=${withPrefix('/sign-in')}>${t('sign-in.action')}</a></p>`;
	}

	async submit({ password }) {
		await post('/password-resets/confirmation', { token: this.token, password });
		this.removeToken();
		this.outcome = 'done';
		await session.reloadInAllTabs();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}

customElements.define('lk-password-reset-page', PasswordResetPage);
