import { html } from 'lit';
import { commandKey, post } from '../api/client.js';
import { currentLanguage, t } from '../i18n/index.js';
import { Dialog } from '../parts/dialog.js';
import { FormView } from '../parts/form.js';
import { localeField } from '../parts/locale.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** Names a new account, which one owns from then on. */
class CreateAccountForm extends FormView {

	#key = commandKey();

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
		const account = await post('/accounts', { name: name.trim(), locale }, { headers: { 'Idempotency-Key': this.#key } });
		await session.reloadAccounts();
		this.closest('lk-create-account').close();
		navigate(`/accounts/${account.id}`);
	}

	refused(problem, fields) {
		// A key names one request: another name is another one.
		this.#key = commandKey();
		super.refused(problem, fields);
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
