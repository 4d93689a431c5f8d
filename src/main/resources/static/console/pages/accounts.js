import { html, nothing } from 'lit';
import { withPrefix, get } from '../api/client.js';
import { plural, t } from '../i18n/index.js';
import { ownerBadge } from '../components/badges.js';
import { icons } from '../components/icons.js';
import '../components/ownership-offer.js';
import { time } from '../components/time.js';
import { View } from '../components/view.js';
import { session } from '../state/session.js';
import { createAccount } from './create-account.js';

/** The accounts of the user, and the pending invitations to their address. */
class AccountsPage extends View {

	static properties = { offers: { state: true } };

	heading = 'accounts.title';

	constructor() {
		super();
		this.offers = [];
	}

	connectedCallback() {
		super.connectedCallback();
		this.listen(session, 'change', () => this.requestUpdate());
		this.#loadOffers();
	}

	languageChanged() {
		this.#loadOffers();
	}

	async #loadOffers() {
		this.offers = (await get('/me/invitations').catch(() => ({ items: [] }))).items;
	}

	render() {
		return html`
			<div class="page-head">
				<h1>${t('accounts.title')}</h1>
				<button type="button" @click=${createAccount}>${icons.plus}${t('accounts.create')}</button>
			</div>
			${session.accounts.map(({ id }) => html`<lk-ownership-offer .account=${id}></lk-ownership-offer>`)}
			${this.offers.length > 0 ? this.#offersNotice() : nothing}
			${session.accounts.length > 0 ? html`<ul class="cards" role="list">${session.accounts.map((account) => this.#accountCard(account))}</ul>`
				: html`<section class="empty"><h2>${t('accounts.empty.title')}</h2><p>${t('accounts.empty.text')}</p></section>`}`;
	}

	#accountCard(account) {
		return html`
			<li><a class="card" href=${withPrefix(`/accounts/${account.id}`)}>
				<span class="name" title=${account.name}>${account.name}</span>
				<small>${plural('accounts.members', account.members)}</small>
				${account.owner ? ownerBadge() : nothing}
			</a></li>`;
	}

	#offersNotice() {
		return html`
			<section class="notice" aria-labelledby="offers">
				<h2 id="offers">${plural('offers.title', this.offers.length)}</h2>
				<ul>${this.offers.map((offer) => html`<li>${t('offers.item', { inviter: offer.inviter, account: offer.account.name })}
					(${t('offers.expires')} ${time(offer.expiresAt)})</li>`)}</ul>
				<p>${t('offers.text')}</p>
			</section>`;
	}

}

customElements.define('lk-accounts-page', AccountsPage);
