import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { withPrefix } from '../api/client.js';
import { downloadCsv } from '../api/download.js';
import { t } from '../i18n/index.js';
import { ownerBadge } from '../components/badges.js';
import { chips } from '../components/chips.js';
import { icons } from '../components/icons.js';
import { LiveView } from '../components/live-view.js';
import { Pages, pager } from '../components/pager.js';
import { time } from '../components/time.js';
import { toast } from '../components/toasts.js';
import { errorAlert } from '../components/error-panel.js';
import { editPermissions } from './edit-permissions.js';
import { removeMember } from './member-actions.js';

/** The members of an account. */
class UsersMembers extends LiveView {

	static properties = { q: {} };

	#pages = new Pages(25);

	willUpdate(changed) {
		if (this.hasUpdated && changed.has('q')) {
			this.#pages.reset();
			this.refresh();
		}
	}

	isAffectedBy({ type }) {
		return type.startsWith('member.') || type === 'invitation.accepted' || !type.startsWith('invitation.');
	}

	read(signal) {
		return new Account(this.account).members({ limit: this.#pages.size, cursor: this.#pages.cursor, q: this.q }, { signal });
	}

	rowsById(data) {
		return new Map(data.items.map((member) => [member.userId, member]));
	}

	render() {
		return html`
			<section class="list" aria-labelledby="members-heading">
				<div class="list-head">
					<h2 id="members-heading">${t('members.title')} ${this.data ? html`<span class="count">${this.data.total}</span>` : nothing}</h2>
					<button type="button" class="secondary small" @click=${this.#download}>
						${icons.download}${t('action.csv')}<span class="visually-hidden"> (${t('members.title')})</span></button>
				</div>
				${this.problem ? errorAlert(this.problem, () => this.refresh()) : nothing}
				${this.data ? this.#content() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}
			</section>`;
	}

	#content() {
		return html`
			${this.data.items.length > 0 ? this.#table() : html`<p class="empty">${t('search.no-results', { q: this.q })}</p>`}
			${pager(t('members.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}
			${this.data.total === 1 && !this.q ? html`<p class="empty">${t('members.only-owner')}</p>` : nothing}`;
	}

	#table() {
		return html`
			<table role="table" class="rows" aria-labelledby="members-heading">
				<thead role="rowgroup"><tr role="row">
					<th role="columnheader" scope="col">${t('column.name')}</th>
					<th role="columnheader" scope="col">${t('column.permissions')}</th>
					<th role="columnheader" scope="col">${t('column.joined')}</th>
					<th role="columnheader" scope="col"><span class="visually-hidden">${t('column.actions')}</span></th>
				</tr></thead>
				<tbody role="rowgroup">${repeat(this.data.items, ({ userId }) => userId, (member) => this.#row(member))}</tbody>
			</table>`;
	}

	#row(member) {
		return html`
			<tr role="row" class=${this.changedIds.has(member.userId) ? 'changed' : ''} data-testid="member-${member.email}">
				<td role="cell" class="identity">
					<a class="name" href=${withPrefix(`/accounts/${this.account}/members/${member.userId}`)} title=${member.name}>${member.name}</a>
					${member.owner ? ownerBadge() : nothing}
					<div class="name muted" title=${member.email}>${member.email}</div>
				</td>
				<td role="cell">${chips(member.permissions)}</td>
				<td role="cell" class="times"><div><span class="label narrow-only">${t('column.joined')}</span> ${time(member.joinedAt)}</div></td>
				<td role="cell" class="actions">${member.owner ? nothing : this.#actions(member)}</td>
			</tr>`;
	}

	#actions(member) {
		const { name } = member;
		return html`
			<button type="button" class="icon-button" aria-label=${t('edit.title', { name })} title=${t('edit.title', { name })}
				@click=${() => this.#edit(member)}>${icons.edit}</button>
			<button type="button" class="icon-button danger-hover" aria-label=${t('remove.title', { name })} title=${t('remove.title', { name })}
				@click=${() => this.#remove(member)}>${icons.trash}</button>`;
	}

	async #edit({ userId, name, permissions, permissionsVersion }) {
		if (await editPermissions(this.account, { kind: 'members', id: userId, name, permissions, version: permissionsVersion })) {
			this.refresh({ highlight: true });
		}
	}

	async #remove(member) {
		if (await removeMember(this.account, member)) {
			this.refresh({ highlight: true });
		}
	}

	#download = () => downloadCsv(`/accounts/${this.account}/members`, 'members.csv')
		.catch((problem) => toast(problem.text ?? t('error.text'), 'error'));

}

customElements.define('lk-users-members', UsersMembers);
