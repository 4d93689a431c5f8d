import { html } from 'lit';
import { newIdempotencyKey, post } from '../api/client.js';
import { currentLanguage, t } from '../i18n/index.js';
import { Dialog } from '../components/dialog.js';
import { FormView } from '../components/form-view.js';
import { localeField } from '../components/locale-field.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** The form for a new account. The user becomes its owner. */
class CreateAccountForm extends FormView {

	#idempotencyKey = newIdempotencyKey();

	render() {
		return html`
			<form novalidate @submit=${this.onSubmit}>
				${this.alert()}
				${this.field('name', t('accounts.name'), { autocomplete: 'organization', maxlength: 80, autofocus: true, hint: t('accounts.name.hint') })}
				${localeField('account-locale', t('accounts.locale'), { value: currentLanguage() })}
				<footer>
					<button type="button" class="secondary" @click=${() => this.closest('lk-create-account').close()}>${t('action.cancel')}</button>
					${this.submitButton(t('accounts.create'))}
				</footer>
			</form>`;
	}

	async submit({ name, locale }) {
		const account = await post('/accounts', { name: name.trim(), locale }, { headers: { 'Idempotency-Key': this.#idempotencyKey } });
		await session.reloadAccounts();
		this.closest('lk-create-account').close();
		navigate(`/accounts/${account.id}`);
	}

	showProblem(problem, fields) {
		// The next attempt may have other values, and a key must not be reused for another request.
		this.#idempotencyKey = newIdempotencyKey();
		super.showProblem(problem, fields);
	}

}

class CreateAccount extends Dialog {

	render() {
		return this.frame(t('accounts.create'), html`<lk-create-account-form></lk-create-account-form>`);
	}

}

customElements.define('lk-create-account-form', CreateAccountForm);
customElements.define('lk-create-account', CreateAccount);

export function createAccount() {
	return document.createElement('lk-create-account').show();
}
