import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { address } from '../api/client.js';
import { downloadList } from '../api/download.js';
import { t } from '../i18n/index.js';
import { deliveryBadge, statusBadge } from '../parts/badges.js';
import { chips } from '../parts/chips.js';
import { icons } from '../parts/icons.js';
import { LiveView } from '../parts/live-view.js';
import { Pages, pager } from '../parts/pager.js';
import { filterTabs } from '../parts/tabs.js';
import { time } from '../parts/time.js';
import { toast } from '../parts/toasts.js';
import { trouble } from '../parts/trouble.js';
import { isOpen, resend, revoke } from './invitation-deeds.js';

const STATUSES = ['pending', 'expired', 'accepted', 'declined', 'revoked'];

/** The invitations of an account, with counts by status. */
class UsersInvitations extends LiveView {

	static properties = { q: {}, status: {} };

	#pages = new Pages(10);

	willUpdate(changed) {
		if (this.hasUpdated && (changed.has('q') || changed.has('status'))) {
			this.#pages.restart();
			this.refresh();
		}
	}

	concerns({ type }) {
		return type.startsWith('invitation.');
	}

	read(signal) {
		const query = { limit: this.#pages.size, cursor: this.#pages.cursor, q: this.q, status: this.status };
		return new Account(this.account).invitations(query, { signal });
	}

	rowsOf(data) {
		return new Map(data.items.map((invitation) => [invitation.id, invitation]));
	}

	render() {
		return html`
			<section class="list" aria-labelledby="invitations-heading">
				<div class="list-head">
					<h2 id="invitations-heading">${t('invitations.title')}</h2>
					${this.#total() > 0 ? html`<button type="button" class="secondary small" @click=${this.#download}>
						${icons.download}${t('action.csv')}<span class="hidden"> (${t('invitations.title')})</span></button>` : nothing}
				</div>
				${this.problem ? trouble(this.problem, () => this.refresh()) : nothing}
				${this.data ? this.#content() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}
			</section>`;
	}

	#total() {
		return Object.values(this.data?.counts ?? {}).reduce((sum, count) => sum + count, 0);
	}

	#content() {
		if (this.#total() === 0) {
			return html`<div class="empty"><h3>${t('invitations.none.title')}</h3><p>${t('invitations.none.text')}</p>
				<button type="button" class="secondary" @click=${() => this.dispatchEvent(new Event('invite'))}>${t('invite.title')}</button></div>`;
		}
		const tabs = [{ key: '', text: t('status.all'), count: this.#total() },
			...STATUSES.map((key) => ({ key, text: t(`status.${key}`), count: this.data.counts[key] }))];
		return html`
			${filterTabs(t('invitations.by-status'), tabs, this.status,
				(key) => this.dispatchEvent(new CustomEvent('status', { detail: key })))}
			${this.data.items.length > 0 ? this.#table() : html`<p class="empty">${this.#nothingFound()}</p>`}
			${pager(t('invitations.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}`;
	}

	#nothingFound() {
		return this.q ? t('search.none', { q: this.q }) : t('invitations.none-with-status', { status: t(`status.${this.status}`) });
	}

	#table() {
		return html`
			<table role="table" class="rows" aria-labelledby="invitations-heading">
				<thead role="rowgroup"><tr role="row">
					<th role="columnheader" scope="col">${t('column.address')}</th>
					<th role="columnheader" scope="col">${t('column.status')}</th>
					<th role="columnheader" scope="col">${t('column.permissions')}</th>
					<th role="columnheader" scope="col">${t('column.times')}</th>
					<th role="columnheader" scope="col"><span class="hidden">${t('column.actions')}</span></th>
				</tr></thead>
				<tbody role="rowgroup">${repeat(this.data.items, ({ id }) => id, (invitation) => this.#row(invitation))}</tbody>
			</table>`;
	}

	#row(invitation) {
		const { id, email } = invitation;
		return html`
			<tr role="row" class=${this.fresh.has(id) ? 'fresh' : ''} data-testid="invitation-${email}">
				<td role="cell" class="who"><a class="name" href=${address(`/accounts/${this.account}/invitations/${id}`)} title=${email}>${email}</a></td>
				<td role="cell"><div class="badges">${statusBadge(invitation.status)}
					${isOpen(invitation) ? deliveryBadge(invitation.delivery) : nothing}</div></td>
				<td role="cell">${chips(invitation.permissions)}</td>
				<td role="cell" class="times">${this.#times(invitation)}</td>
				<td role="cell" class="deeds">${isOpen(invitation) ? this.#deeds(invitation) : nothing}</td>
			</tr>`;
	}

	#times({ status, issuedAt, expiresAt, endedAt }) {
		return html`
			<div><span class="label">${t('times.invited')}</span> ${time(issuedAt)}</div>
			${status === 'pending' ? html`<div><span class="label">${t('times.expires')}</span> ${time(expiresAt)}</div>` : nothing}
			${status === 'expired' ? html`<div><span class="label">${t('times.expired')}</span> ${time(expiresAt)}</div>` : nothing}
			${endedAt && status !== 'expired' ? html`<div><span class="label">${t(`times.${status}`)}</span> ${time(endedAt)}</div>` : nothing}`;
	}

	#deeds(invitation) {
		const { email } = invitation;
		return html`
			<button type="button" class="secondary small" title=${t('resend.explained')} @click=${() => this.#do(resend, invitation)}>
				${icons.again}${t('resend.action')}<span class="hidden"> ${email}</span></button>
			<button type="button" class="secondary small" @click=${() => this.#do(revoke, invitation)}>
				${icons.barred}${t('revoke.action')}<span class="hidden"> ${email}</span></button>`;
	}

	async #do(deed, invitation) {
		if (await deed(this.account, invitation)) {
			this.refresh({ quietly: true });
		}
	}

	#download = () => downloadList(`/accounts/${this.account}/invitations`, 'invitations.csv')
		.catch((problem) => toast(problem.text ?? t('trouble.text'), 'failed'));

}

customElements.define('lk-users-invitations', UsersInvitations);
