import { html } from 'lit';
import { t } from '../i18n/index.js';
import { View } from '../components/view.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** Redirects to the account that was used last, or to the list of accounts if the user has an ownership offer. */
class HomePage extends View {

	connectedCallback() {
		super.connectedCallback();
		const hasOffer = session.accounts.some(({ ownershipTransfer }) => ownershipTransfer?.userId === session.user.id);
		const account = hasOffer ? null : session.preferredAccount();
		const path = account ? `/accounts/${account.id}${account.owner ? '/users' : ''}` : '/accounts';
		queueMicrotask(() => navigate(path, { replace: true }));
	}

	render() {
		return html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`;
	}

}

customElements.define('lk-home-page', HomePage);
