import { html } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../parts/dialog.js';
import { FormView } from '../parts/form.js';

/** Offers the account to a member; who gives it away says their password again. */
class HandOverForm extends FormView {

	render() {
		const dialog = this.closest('lk-hand-over');
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
		const dialog = this.closest('lk-hand-over');
		await new Account(dialog.account).offerOwnership(dialog.member.userId, password);
		dialog.close(true);
	}

}

class HandOver extends Dialog {

	render() {
		return this.frame(t('transfer.question', { name: this.member.name }), html`<lk-hand-over-form></lk-hand-over-form>`);
	}

}

customElements.define('lk-hand-over-form', HandOverForm);
customElements.define('lk-hand-over', HandOver);

/** Offers it, and says whether it was done. */
export function handOver(account, member) {
	return Object.assign(document.createElement('lk-hand-over'), { account, member }).show();
}
