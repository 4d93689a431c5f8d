import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { address } from '../api/client.js';
import { known, t } from '../i18n/index.js';
import { deliveryBadge, statusBadge } from '../parts/badges.js';
import { icons } from '../parts/icons.js';
import { LiveView } from '../parts/live-view.js';
import '../parts/live.js';
import { permissionList } from '../parts/permission-list.js';
import { time } from '../parts/time.js';
import { trouble } from '../parts/trouble.js';
import { editPermissions } from './edit-permissions.js';
import { isOpen, resend, revoke } from './invitation-deeds.js';
import { timeline } from './timeline.js';

/** One invitation: what it offers, and all that has become of it. */
class InvitationDetailPage extends LiveView {

	static properties = { invitation: {} };

	heading = 'invitation-detail.title';

	concerns({ invitation }) {
		return invitation?.id === this.invitation;
	}

	read() {
		return new Account(this.account).invitation(this.invitation);
	}

	render() {
		return html`
			<p class="back"><a href=${address(`/accounts/${this.account}/users`)}>${icons.back}${t('users.title')}</a></p>
			<div class="page-head">
				<div>
					<p class="kicker">${t('invitation-detail.title')}</p>
					<h1 class="name" title=${this.data?.email ?? nothing}>${this.data?.email ?? t('invitation-detail.title')}</h1>
				</div>
				<lk-live .account=${this.account}></lk-live>
			</div>
			${this.problem ? trouble(this.problem, () => this.refresh()) : nothing}
			${this.data ? this.#content(this.data) : nothing}`;
	}

	#content(invitation) {
		return html`
			<div class="columns">
				<section class="card" aria-labelledby="state-heading">
					<h2 id="state-heading">${t('invitation-detail.state')}</h2>
					<div class="badges" role="status">${statusBadge(invitation.status)}${deliveryBadge(invitation.delivery)}</div>
					${this.#facts(invitation)}
					${isOpen(invitation) ? html`<footer>
						<button type="button" class="secondary" title=${t('resend.explained')} @click=${() => this.#do(resend)}>${icons.again}${t('resend.action')}</button>
						<button type="button" class="secondary" @click=${() => this.#do(revoke)}>${icons.barred}${t('revoke.action')}</button>
					</footer>` : nothing}
				</section>
				<section class="card" aria-labelledby="permissions-heading">
					<div class="list-head">
						<h2 id="permissions-heading">${t('permissions.legend')}</h2>
						${invitation.status === 'pending' ? html`<button type="button" class="secondary small" @click=${this.#edit}>
							${icons.edit}${t('edit.action')}</button>` : nothing}
					</div>
					${permissionList(invitation.permissions)}
				</section>
				<section class="card wide" aria-labelledby="timeline-heading">
					<h2 id="timeline-heading">${t('timeline.title')}</h2>
					${timeline(invitation)}
				</section>
			</div>`;
	}

	#facts({ status, createdAt, issuedAt, expiresAt, endedAt, sendCount, locale, declineReason, acceptedBy }) {
		const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
		const both = (at) => html`${time(at)} <small>${time(at, 'short')}</small>`;
		return html`
			<dl class="facts">
				${fact(t('times.invited'), both(createdAt))}
				${sendCount > 1 ? fact(t('times.resent'), both(issuedAt)) : nothing}
				${isOpen({ status }) ? fact(t(status === 'expired' ? 'times.expired' : 'times.expires'), both(expiresAt)) : nothing}
				${endedAt && status !== 'expired' ? fact(t(`times.${status}`), both(endedAt)) : nothing}
				${fact(t('invitation-detail.mails'), sendCount)}
				${fact(t('shell.language'), known(`language.${locale}`, locale))}
				${declineReason ? fact(t('invitation-detail.reason'), html`<q>${declineReason}</q>`) : nothing}
				${acceptedBy ? fact(t('invitation-detail.member'),
					html`<a href=${address(`/accounts/${this.account}/members/${acceptedBy}`)}>${t('invitation-detail.to-member')}</a>`) : nothing}
			</dl>`;
	}

	async #do(deed) {
		if (await deed(this.account, this.data)) {
			this.refresh({ quietly: true });
		}
	}

	#edit = async () => {
		const { id, email, permissions, permissionsVersion } = this.data;
		if (await editPermissions(this.account, { kind: 'invitations', id, name: email, permissions, version: permissionsVersion })) {
			this.refresh({ quietly: true });
		}
	};

}

customElements.define('lk-invitation-detail-page', InvitationDetailPage);
