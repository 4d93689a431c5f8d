import { html } from 'lit';
import { t } from '../i18n/index.js';
import { View } from '../parts/view.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** Leads on to the account that one has used last, or to where an offer waits for an answer. */
class HomePage extends View {

	connectedCallback() {
		super.connectedCallback();
		const offered = session.accounts.some(({ ownershipTransfer }) => ownershipTransfer?.userId === session.user.id);
		const account = offered ? null : session.preferredAccount();
		const path = account ? `/accounts/${account.id}${account.owner ? '/users' : ''}` : '/accounts';
		queueMicrotask(() => navigate(path, { replace: true }));
	}

	render() {
		return html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`;
	}

}

customElements.define('lk-home-page', HomePage);
