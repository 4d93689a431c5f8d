import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { address } from '../api/client.js';
import { downloadList } from '../api/download.js';
import { t } from '../i18n/index.js';
import { ownerBadge } from '../parts/badges.js';
import { chips } from '../parts/chips.js';
import { icons } from '../parts/icons.js';
import { LiveView } from '../parts/live-view.js';
import { Pages, pager } from '../parts/pager.js';
import { time } from '../parts/time.js';
import { toast } from '../parts/toasts.js';
import { trouble } from '../parts/trouble.js';
import { editPermissions } from './edit-permissions.js';
import { remove } from './member-deeds.js';

/** The members of an account. */
class UsersMembers extends LiveView {

	static properties = { q: {} };

	#pages = new Pages(25);

	willUpdate(changed) {
		if (this.hasUpdated && changed.has('q')) {
			this.#pages.restart();
			this.refresh();
		}
	}

	concerns({ type }) {
		return type.startsWith('member.') || type === 'invitation.accepted' || !type.startsWith('invitation.');
	}

	read(signal) {
		return new Account(this.account).members({ limit: this.#pages.size, cursor: this.#pages.cursor, q: this.q }, { signal });
	}

	rowsOf(data) {
		return new Map(data.items.map((member) => [member.userId, member]));
	}

	render() {
		return html`
			<section class="list" aria-labelledby="members-heading">
				<div class="list-head">
					<h2 id="members-heading">${t('members.title')} ${this.data ? html`<span class="count">${this.data.total}</span>` : nothing}</h2>
					<button type="button" class="secondary small" @click=${this.#download}>
						${icons.download}${t('action.csv')}<span class="hidden"> (${t('members.title')})</span></button>
				</div>
				${this.problem ? trouble(this.problem, () => this.refresh()) : nothing}
				${this.data ? this.#content() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}
			</section>`;
	}

	#content() {
		return html`
			${this.data.items.length > 0 ? this.#table() : html`<p class="empty">${t('search.none', { q: this.q })}</p>`}
			${pager(t('members.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}
			${this.data.total === 1 && !this.q ? html`<p class="empty">${t('members.alone')}</p>` : nothing}`;
	}

	#table() {
		return html`
			<table role="table" class="rows" aria-labelledby="members-heading">
				<thead role="rowgroup"><tr role="row">
					<th role="columnheader" scope="col">${t('column.person')}</th>
					<th role="columnheader" scope="col">${t('column.permissions')}</th>
					<th role="columnheader" scope="col">${t('column.joined')}</th>
					<th role="columnheader" scope="col"><span class="hidden">${t('column.actions')}</span></th>
				</tr></thead>
				<tbody role="rowgroup">${repeat(this.data.items, ({ userId }) => userId, (member) => this.#row(member))}</tbody>
			</table>`;
	}

	#row(member) {
		return html`
			<tr role="row" class=${this.fresh.has(member.userId) ? 'fresh' : ''} data-testid="member-${member.email}">
				<td role="cell" class="who">
					<a class="name" href=${address(`/accounts/${this.account}/members/${member.userId}`)} title=${member.name}>${member.name}</a>
					${member.owner ? ownerBadge() : nothing}
					<div class="name muted" title=${member.email}>${member.email}</div>
				</td>
				<td role="cell">${chips(member.permissions)}</td>
				<td role="cell" class="times"><div><span class="label narrow-only">${t('column.joined')}</span> ${time(member.joinedAt)}</div></td>
				<td role="cell" class="deeds">${member.owner ? nothing : this.#deeds(member)}</td>
			</tr>`;
	}

	#deeds(member) {
		const { name } = member;
		return html`
			<button type="button" class="icon-button" aria-label=${t('edit.of', { name })} title=${t('edit.of', { name })}
				@click=${() => this.#edit(member)}>${icons.edit}</button>
			<button type="button" class="icon-button bin" aria-label=${t('remove.of', { name })} title=${t('remove.of', { name })}
				@click=${() => this.#remove(member)}>${icons.bin}</button>`;
	}

	async #edit({ userId, name, permissions, permissionsVersion }) {
		if (await editPermissions(this.account, { kind: 'members', id: userId, name, permissions, version: permissionsVersion })) {
			this.refresh({ quietly: true });
		}
	}

	async #remove(member) {
		if (await remove(this.account, member)) {
			this.refresh({ quietly: true });
		}
	}

	#download = () => downloadList(`/accounts/${this.account}/members`, 'members.csv')
		.catch((problem) => toast(problem.text ?? t('trouble.text'), 'failed'));

}

customElements.define('lk-users-members', UsersMembers);
