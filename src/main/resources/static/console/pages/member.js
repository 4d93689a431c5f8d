import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { withPrefix } from '../api/client.js';
import { t } from '../i18n/index.js';
import { ownerBadge } from '../components/badges.js';
import { icons } from '../components/icons.js';
import { LiveView } from '../components/live-view.js';
import '../components/live-status.js';
import { permissionList } from '../components/permission-list.js';
import { time } from '../components/time.js';
import { toast } from '../components/toasts.js';
import { errorAlert } from '../components/error-panel.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';
import { editPermissions } from './edit-permissions.js';
import { offerOwnership } from './offer-ownership.js';
import { removeMember } from './member-actions.js';

/** One member: name, address and permissions. */
class MemberPage extends LiveView {

	static properties = { user: {} };

	heading = 'member.title';

	isAffectedBy({ user }) {
		return user?.id === this.user;
	}

	read() {
		return new Account(this.account).member(this.user);
	}

	render() {
		const member = this.data;
		return html`
			<p class="back"><a href=${withPrefix(`/accounts/${this.account}/users`)}>${icons.chevronLeft}${t('users.title')}</a></p>
			<div class="page-head">
				<div>
					<p class="kicker">${t('member.title')}</p>
					<h1 class="name" title=${member?.name ?? nothing}>${member?.name ?? t('member.title')}</h1>
					${member ? html`<p class="muted name" title=${member.email}>${member.email}</p>` : nothing}
				</div>
				<lk-live-status .account=${this.account}></lk-live-status>
			</div>
			${this.problem ? this.#problemNotice() : nothing}
			${member && !this.problem ? this.#content(member) : nothing}`;
	}

	#problemNotice() {
		return this.problem.code === 'not-found' ? html`<p class="notice" role="status">${t('member.not-found')}</p>`
			: errorAlert(this.problem, () => this.refresh());
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
				${member.owner ? nothing : this.#actions(member)}
			</section>`;
	}

	#actions(member) {
		const offer = session.account(this.account)?.ownershipTransfer;
		const isOffered = offer?.userId === member.userId;
		return html`
			${isOffered ? html`<p class="notice">${t('transfer.pending', { name: member.name })} ${time(offer.expiresAt)}.</p>` : nothing}
			<footer>
				${isOffered ? html`<button type="button" class="secondary" @click=${this.#withdraw}>${icons.cross}${t('transfer.withdraw')}</button>`
					: html`<button type="button" class="secondary" @click=${this.#offerOwnership}>${icons.key}${t('transfer.action')}</button>`}
				<button type="button" class="secondary danger-text" @click=${this.#remove}>${icons.trash}${t('remove.action')}</button>
			</footer>`;
	}

	#offerOwnership = async () => {
		if (await offerOwnership(this.account, this.data)) {
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
			this.refresh({ highlight: true });
		}
	};

	#remove = async () => {
		if (await removeMember(this.account, this.data)) {
			navigate(`/accounts/${this.account}/users`);
		}
	};

}

customElements.define('lk-member-page', MemberPage);
