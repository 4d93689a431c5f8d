import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { address } from '../api/client.js';
import { t } from '../i18n/index.js';
import { ownerBadge } from '../parts/badges.js';
import { icons } from '../parts/icons.js';
import { LiveView } from '../parts/live-view.js';
import '../parts/live.js';
import { permissionList } from '../parts/permission-list.js';
import { time } from '../parts/time.js';
import { toast } from '../parts/toasts.js';
import { trouble } from '../parts/trouble.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';
import { editPermissions } from './edit-permissions.js';
import { handOver } from './hand-over.js';
import { remove } from './member-deeds.js';

/** One member: who it is and what they may do. */
class MemberPage extends LiveView {

	static properties = { user: {} };

	heading = 'member.title';

	concerns({ user }) {
		return user?.id === this.user;
	}

	read() {
		return new Account(this.account).member(this.user);
	}

	render() {
		const member = this.data;
		return html`
			<p class="back"><a href=${address(`/accounts/${this.account}/users`)}>${icons.back}${t('users.title')}</a></p>
			<div class="page-head">
				<div>
					<p class="kicker">${t('member.title')}</p>
					<h1 class="name" title=${member?.name ?? nothing}>${member?.name ?? t('member.title')}</h1>
					${member ? html`<p class="muted name" title=${member.email}>${member.email}</p>` : nothing}
				</div>
				<lk-live .account=${this.account}></lk-live>
			</div>
			${this.problem ? this.#gone() : nothing}
			${member && !this.problem ? this.#content(member) : nothing}`;
	}

	#gone() {
		return this.problem.code === 'not-found' ? html`<p class="notice" role="status">${t('member.gone')}</p>`
			: trouble(this.problem, () => this.refresh());
	}

	#content(member) {
		return html`
			<section class="card" aria-labelledby="permissions-heading">
				<div class="list-head">
					<h2 id="permissions-heading">${t('permissions.legend')}</h2>
					${member.owner ? ownerBadge() : html`<button type="button" class="secondary small" @click=${this.#edit}>
						${icons.edit}${t('edit.action')}</button>`}
				</div>
				<p class="muted">${member.owner ? t('member.owner.text') : nothing} ${t('column.joined')} ${time(member.joinedAt)}
					(${time(member.joinedAt, 'short')})</p>
				${permissionList(member.permissions)}
				${member.owner ? nothing : this.#deeds(member)}
			</section>`;
	}

	#deeds(member) {
		const offer = session.account(this.account)?.ownershipTransfer;
		const offered = offer?.userId === member.userId;
		return html`
			${offered ? html`<p class="notice">${t('transfer.open', { name: member.name })} ${time(offer.expiresAt)}.</p>` : nothing}
			<footer>
				${offered ? html`<button type="button" class="secondary" @click=${this.#withdraw}>${icons.cross}${t('transfer.withdraw')}</button>`
					: html`<button type="button" class="secondary" @click=${this.#handOver}>${icons.key}${t('transfer.action')}</button>`}
				<button type="button" class="secondary danger-text" @click=${this.#remove}>${icons.bin}${t('remove.action')}</button>
			</footer>`;
	}

	#handOver = async () => {
		if (await handOver(this.account, this.data)) {
			toast(t('transfer.offered', { name: this.data.name }));
			await session.reloadAccounts();
			this.requestUpdate();
		}
	};

	#withdraw = async () => {
		await new Account(this.account).endOwnershipOffer();
		await session.reloadAccounts();
		this.requestUpdate();
	};

	#edit = async () => {
		const { userId, name, permissions, permissionsVersion } = this.data;
		if (await editPermissions(this.account, { kind: 'members', id: userId, name, permissions, version: permissionsVersion })) {
			this.refresh({ quietly: true });
		}
	};

	#remove = async () => {
		if (await remove(this.account, this.data)) {
			navigate(`/accounts/${this.account}/users`);
		}
	};

}

customElements.define('lk-member-page', MemberPage);
