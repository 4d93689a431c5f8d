import { html } from 'lit';
import { t } from '../i18n/index.js';
import { icons } from '../parts/icons.js';
import '../parts/live.js';
import { toast } from '../parts/toasts.js';
import { View } from '../parts/view.js';
import { rewriteQuery } from '../routing/router.js';
import { feedOf } from '../state/feeds.js';
import { session } from '../state/session.js';
import { invite } from './invite.js';
import './users-invitations.js';
import './users-members.js';

const TYPING = 250;

const NOTABLE = ['invitation.accepted', 'invitation.declined', 'invitation.delivery-failed'];

/** User management: who has access, who is invited, and what has become of it, in one place. */
class UsersPage extends View {

	static properties = { account: {}, q: { state: true }, status: { state: true } };

	heading = 'users.title';

	#typing = null;

	constructor() {
		super();
		const query = new URLSearchParams(location.search);
		this.q = query.get('q') ?? '';
		this.status = query.get('status') ?? '';
	}

	connectedCallback() {
		super.connectedCallback();
		this.listen(feedOf(this.account), 'event', ({ detail }) => this.#tell(detail));
		this.while(() => clearTimeout(this.#typing));
	}

	render() {
		const name = session.account(this.account)?.name ?? '';
		return html`
			<div class="page-head">
				<div>
					<h1>${t('users.title')}</h1>
					<p class="muted name" title=${name}>${name}</p>
				</div>
				<lk-live .account=${this.account}></lk-live>
				<button type="button" class="primary" @click=${this.invite}>${icons.plus}${t('invite.title')}</button>
			</div>
			<search class="search">
				${icons.search}
				<input type="search" name="q" aria-label=${t('users.search')} placeholder=${t('users.search')} maxlength="100"
					autocomplete="off" value=${this.q} @input=${this.#typed}>
			</search>
			<lk-users-invitations .account=${this.account} .q=${this.q} .status=${this.status}
				@status=${({ detail }) => this.#choose(detail)} @invite=${this.invite}></lk-users-invitations>
			<lk-users-members .account=${this.account} .q=${this.q} @invite=${this.invite}></lk-users-members>`;
	}

	invite = async () => {
		if (await invite(this.account)) {
			this.querySelector('lk-users-invitations').refresh({ quietly: true });
		}
	};

	#typed = ({ target }) => {
		clearTimeout(this.#typing);
		this.#typing = setTimeout(() => {
			this.q = target.value.trim();
			this.#keep();
		}, TYPING);
	};

	#choose(status) {
		this.status = status;
		this.#keep();
	}

	#keep() {
		rewriteQuery({ q: this.q, status: this.status });
	}

	/** What somebody else has done and the owner waits for; the rest shows in the rows. */
	#tell({ type, invitation }) {
		if (NOTABLE.includes(type)) {
			toast(t(`told.${type}`, { email: invitation?.email ?? '' }), type === 'invitation.accepted' ? 'done' : 'failed');
		}
	}

}

customElements.define('lk-users-page', UsersPage);
