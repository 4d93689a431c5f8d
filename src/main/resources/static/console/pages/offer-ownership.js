import { html } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../components/dialog.js';
import { FormView } from '../components/form-view.js';

/** Offers the ownership of an account to a member. The owner must enter their password again. */
class OfferOwnershipForm extends FormView {

	render() {
		const dialog = this.closest('lk-offer-ownership');
		return html`
			<form novalidate @submit=${this.onSubmit}>
				<p>${t('transfer.text', { name: dialog.member.name })}</p>
				${this.alert()}
				${this.field('password', t('transfer.password'), { type: 'password', autocomplete: 'current-password', autofocus: true })}
				<footer>
					<button type="button" class="secondary" @click=${() => dialog.close()}>${t('action.cancel')}</button>
					${this.submitButton(t('transfer.offer'))}
				</footer>
			</form>`;
	}

	async submit({ password }) {
		const dialog = this.closest('lk-offer-ownership');
		await new Account(dialog.account).offerOwnership(dialog.member.userId, password);
		dialog.close(true);
	}

}

class OfferOwnership extends Dialog {

	render() {
		return this.frame(t('transfer.question', { name: this.member.name }), html`<lk-offer-ownership-form></lk-offer-ownership-form>`);
	}

}

customElements.define('lk-offer-ownership-form', OfferOwnershipForm);
customElements.define('lk-offer-ownership', OfferOwnership);

/** Opens the dialog. Resolves to true if the ownership was offered. */
export function offerOwnership(account, member) {
	return Object.assign(document.createElement('lk-offer-ownership'), { account, member }).show();
}
