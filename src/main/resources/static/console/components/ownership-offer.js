import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';
import { confirm } from './dialog.js';
import { time } from './time.js';
import { toast } from './toasts.js';
import { View } from './view.js';

/** The offer to become the owner of an account, shown to the member who received it. */
class OwnershipOffer extends View {

	static properties = { account: {} };

	connectedCallback() {
		super.connectedCallback();
		this.listen(session, 'change', () => this.requestUpdate());
	}

	render() {
		const account = session.account(this.account);
		const offer = account?.ownershipTransfer;
		return offer?.userId !== session.user?.id ? nothing : html`
			<section class="notice" aria-label=${t('transfer.received', { account: account.name })}>
				<h2>${t('transfer.received', { account: account.name })}</h2>
				<p>${t('transfer.received.text')} ${t('transfer.expires')} ${time(offer.expiresAt)}.</p>
				<footer>
					<button type="button" @click=${() => this.#accept(account)}>${t('transfer.accept')}</button>
					<button type="button" class="secondary" @click=${() => this.#decline(account)}>${t('transfer.decline')}</button>
				</footer>
			</section>`;
	}

	async #accept(account) {
		const accepted = await confirm({
			question: t('transfer.accept.question', { account: account.name }),
			explanation: t('transfer.accept.text'),
			label: t('transfer.accept'),
			action: () => new Account(account.id).acceptOwnership(),
		});
		if (accepted) {
			toast(t('transfer.accepted', { account: account.name }));
			await session.reloadAccounts();
			navigate(`/accounts/${account.id}/users`);
		}
	}

	async #decline(account) {
		const declined = await confirm({
			question: t('transfer.decline.question', { account: account.name }),
			explanation: t('transfer.decline.text'),
			label: t('transfer.decline'),
			action: () => new Account(account.id).endOwnershipOffer(),
		});
		if (declined) {
			await session.reloadAccounts();
		}
	}

}

customElements.define('lk-ownership-offer', OwnershipOffer);
