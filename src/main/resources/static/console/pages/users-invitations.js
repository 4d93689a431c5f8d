import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { withPrefix } from '../api/client.js';
import { downloadCsv } from '../api/download.js';
import { t } from '../i18n/index.js';
import { deliveryBadge, statusBadge } from '../components/badges.js';
import { chips } from '../components/chips.js';
import { icons } from '../components/icons.js';
import { LiveView } from '../components/live-view.js';
import { Pages, pager } from '../components/pager.js';
import { filterTabs } from '../components/tabs.js';
import { time } from '../components/time.js';
import { toast } from '../components/toasts.js';
import { errorAlert } from '../components/error-panel.js';
import { isOpen, resend, revoke } from './invitation-actions.js';

const STATUSES = ['pending', 'expired', 'accepted', 'declined', 'revoked'];

/** The invitations of an account, with a filter by status. */
class UsersInvitations extends LiveView {

	static properties = { q: {}, status: {} };

	#pages = new Pages(10);

	willUpdate(changed) {
		if (this.hasUpdated && (changed.has('q') || changed.has('status'))) {
			this.#pages.reset();
			this.refresh();
		}
	}

	isAffectedBy({ type }) {
		return type.startsWith('invitation.');
	}

	read(signal) {
		const query = { limit: this.#pages.size, cursor: this.#pages.cursor, q: this.q, status: this.status };
		return new Account(this.account).invitations(query, { signal });
	}

	rowsById(data) {
		return new Map(data.items.map((invitation) => [invitation.id, invitation]));
	}

	render() {
		return html`
			<section class="list" aria-labelledby="invitations-heading">
				<div class="list-head">
					<h2 id="invitations-heading">${t('invitations.title')}</h2>
					${this.#total() > 0 ? html`<button type="button" class="secondary small" @click=${this.#download}>
						${icons.download}${t('action.csv')}<span class="visually-hidden"> (${t('invitations.title')})</span></button>` : nothing}
				</div>
				${this.problem ? errorAlert(this.problem, () => this.refresh()) : nothing}
				${this.data ? this.#content() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}
			</section>`;
	}

	#total() {
		return Object.values(this.data?.counts ?? {}).reduce((sum, count) => sum + count, 0);
	}

	#content() {
		if (this.#total() === 0) {
			return html`<div class="empty"><h3>${t('invitations.empty.title')}</h3><p>${t('invitations.empty.text')}</p>
				<button type="button" class="secondary" @click=${() => this.dispatchEvent(new Event('invite'))}>${t('invite.title')}</button></div>`;
		}
		const tabs = [{ key: '', text: t('status.all'), count: this.#total() },
			...STATUSES.map((key) => ({ key, text: t(`status.${key}`), count: this.data.counts[key] }))];
		return html`
			${filterTabs(t('invitations.by-status'), tabs, this.status,
				(key) => this.dispatchEvent(new CustomEvent('status', { detail: key })))}
			${this.data.items.length > 0 ? this.#table() : html`<p class="empty">${this.#emptyText()}</p>`}
			${pager(t('invitations.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}`;
	}

	#emptyText() {
		return this.q ? t('search.no-results', { q: this.q }) : t('invitations.no-results', { status: t(`status.${this.status}`) });
	}

	#table() {
		return html`
			<table role="table" class="rows" aria-labelledby="invitations-heading">
				<thead role="rowgroup"><tr role="row">
					<th role="columnheader" scope="col">${t('column.email')}</th>
					<th role="columnheader" scope="col">${t('column.status')}</th>
					<th role="columnheader" scope="col">${t('column.permissions')}</th>
					<th role="columnheader" scope="col">${t('column.times')}</th>
					<th role="columnheader" scope="col"><span class="visually-hidden">${t('column.actions')}</span></th>
				</tr></thead>
				<tbody role="rowgroup">${repeat(this.data.items, ({ id }) => id, (invitation) => this.#row(invitation))}</tbody>
			</table>`;
	}

	#row(invitation) {
		const { id, email } = invitation;
		return html`
			<tr role="row" class=${this.changedIds.has(id) ? 'changed' : ''} data-testid="invitation-${email}">
				<td role="cell" class="identity"><a class="name" href=${withPrefix(`/accounts/${this.account}/invitations/${id}`)} title=${email}>${email}</a></td>
				<td role="cell"><div class="badges">${statusBadge(invitation.status)}
					${isOpen(invitation) ? deliveryBadge(invitation.delivery) : nothing}</div></td>
				<td role="cell">${chips(invitation.permissions)}</td>
				<td role="cell" class="times">${this.#times(invitation)}</td>
				<td role="cell" class="actions">${isOpen(invitation) ? this.#actions(invitation) : nothing}</td>
			</tr>`;
	}

	#times({ status, issuedAt, expiresAt, endedAt }) {
		return html`
			<div><span class="label">${t('times.invited')}</span> ${time(issuedAt)}</div>
			${status === 'pending' ? html`<div><span class="label">${t('times.expires')}</span> ${time(expiresAt)}</div>` : nothing}
			${status === 'expired' ? html`<div><span class="label">${t('times.expired')}</span> ${time(expiresAt)}</div>` : nothing}
			${endedAt && status !== 'expired' ? html`<div><span class="label">${t(`times.${status}`)}</span> ${time(endedAt)}</div>` : nothing}`;
	}

	#actions(invitation) {
		const { email } = invitation;
		return html`
			<button type="button" class="secondary small" title=${t('resend.hint')} @click=${() => this.#run(resend, invitation)}>
				${icons.repeat}${t('resend.action')}<span class="visually-hidden"> ${email}</span></button>
			<button type="button" class="secondary small" @click=${() => this.#run(revoke, invitation)}>
				${icons.prohibited}${t('revoke.action')}<span class="visually-hidden"> ${email}</span></button>`;
	}

	async #run(action, invitation) {
		if (await action(this.account, invitation)) {
			this.refresh({ highlight: true });
		}
	}

	#download = () => downloadCsv(`/accounts/${this.account}/invitations`, 'invitations.csv')
		.catch((problem) => toast(problem.text ?? t('error.text'), 'error'));

}

customElements.define('lk-users-invitations', UsersInvitations);
