import { html } from 'lit';
import { t } from '../i18n/index.js';
import { icons } from '../components/icons.js';
import '../components/live-status.js';
import { toast } from '../components/toasts.js';
import { View } from '../components/view.js';
import { replaceQuery } from '../routing/router.js';
import { feedOf } from '../state/feeds.js';
import { session } from '../state/session.js';
import { invite } from './invite.js';
import './users-invitations.js';
import './users-members.js';

const SEARCH_DELAY_MS = 250;

const TOAST_TYPES = ['invitation.accepted', 'invitation.declined', 'invitation.delivery-failed'];

/** User management: the invitations and the members of an account. */
class UsersPage extends View {

	static properties = { account: {}, q: { state: true }, status: { state: true } };

	heading = 'users.title';

	#searchTimer = null;

	constructor() {
		super();
		const query = new URLSearchParams(location.search);
		this.q = query.get('q') ?? '';
		this.status = query.get('status') ?? '';
	}

	connectedCallback() {
		super.connectedCallback();
		this.listen(feedOf(this.account), 'event', ({ detail }) => this.#showToast(detail));
		this.onDisconnect(() => clearTimeout(this.#searchTimer));
	}

	render() {
		const name = session.account(this.account)?.name ?? '';
		return html`
			<div class="page-head">
				<div>
					<h1>${t('users.title')}</h1>
					<p class="muted name" title=${name}>${name}</p>
				</div>
				<lk-live-status .account=${this.account}></lk-live-status>
				<button type="button" class="primary" @click=${this.invite}>${icons.plus}${t('invite.title')}</button>
			</div>
			<search class="search">
				${icons.search}
				<input type="search" name="q" aria-label=${t('users.search')} placeholder=${t('users.search')} maxlength="100"
					autocomplete="off" value=${this.q} @input=${this.#onSearch}>
			</search>
			<lk-users-invitations .account=${this.account} .q=${this.q} .status=${this.status}
				@status=${({ detail }) => this.#selectStatus(detail)} @invite=${this.invite}></lk-users-invitations>
			<lk-users-members .account=${this.account} .q=${this.q} @invite=${this.invite}></lk-users-members>`;
	}

	invite = async () => {
		if (await invite(this.account)) {
			this.querySelector('lk-users-invitations').refresh({ highlight: true });
		}
	};

	#onSearch = ({ target }) => {
		clearTimeout(this.#searchTimer);
		this.#searchTimer = setTimeout(() => {
			this.q = target.value.trim();
			this.#saveQuery();
		}, SEARCH_DELAY_MS);
	};

	#selectStatus(status) {
		this.status = status;
		this.#saveQuery();
	}

	#saveQuery() {
		replaceQuery({ q: this.q, status: this.status });
	}

	/** Reports responses of invitees and failed mails. Other events only change the rows. */
	#showToast({ type, invitation }) {
		if (TOAST_TYPES.includes(type)) {
			toast(t(`toast.${type}`, { email: invitation?.email ?? '' }), type === 'invitation.accepted' ? 'success' : 'error');
		}
	}

}

customElements.define('lk-users-page', UsersPage);
