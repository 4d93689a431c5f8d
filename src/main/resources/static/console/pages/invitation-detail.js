import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { withPrefix } from '../api/client.js';
import { tWithFallback, t } from '../i18n/index.js';
import { deliveryBadge, statusBadge } from '../components/badges.js';
import { icons } from '../components/icons.js';
import { LiveView } from '../components/live-view.js';
import '../components/live-status.js';
import { permissionList } from '../components/permission-list.js';
import { time } from '../components/time.js';
import { errorAlert } from '../components/error-panel.js';
import { editPermissions } from './edit-permissions.js';
import { isOpen, resend, revoke } from './invitation-actions.js';
import { timeline } from './timeline.js';

/** One invitation: its status, its permissions and its timeline. */
class InvitationDetailPage extends LiveView {

	static properties = { invitation: {} };

	heading = 'invitation-detail.title';

	isAffectedBy({ invitation }) {
		return invitation?.id === this.invitation;
	}

	read() {
		return new Account(this.account).invitation(this.invitation);
	}

	render() {
		return html`
			<p class="back"><a href=${withPrefix(`/accounts/${this.account}/users`)}>${icons.chevronLeft}${t('users.title')}</a></p>
			<div class="page-head">
				<div>
					<p class="kicker">${t('invitation-detail.title')}</p>
					<h1 class="name" title=${this.data?.email ?? nothing}>${this.data?.email ?? t('invitation-detail.title')}</h1>
				</div>
				<lk-live-status .account=${this.account}></lk-live-status>
			</div>
			${this.problem ? errorAlert(this.problem, () => this.refresh()) : nothing}
			${this.data ? this.#content(this.data) : nothing}`;
	}

	#content(invitation) {
		return html`
			<div class="columns">
				<section class="card" aria-labelledby="state-heading">
					<h2 id="state-heading">${t('invitation-detail.status')}</h2>
					<div class="badges" role="status">${statusBadge(invitation.status)}${deliveryBadge(invitation.delivery)}</div>
					${this.#facts(invitation)}
					${isOpen(invitation) ? html`<footer>
						<button type="button" class="secondary" title=${t('resend.hint')} @click=${() => this.#run(resend)}>${icons.repeat}${t('resend.action')}</button>
						<button type="button" class="secondary" @click=${() => this.#run(revoke)}>${icons.prohibited}${t('revoke.action')}</button>
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
		const timeAndDate = (at) => html`${time(at)} <small>${time(at, 'short')}</small>`;
		return html`
			<dl class="facts">
				${fact(t('times.invited'), timeAndDate(createdAt))}
				${sendCount > 1 ? fact(t('times.resent'), timeAndDate(issuedAt)) : nothing}
				${isOpen({ status }) ? fact(t(status === 'expired' ? 'times.expired' : 'times.expires'), timeAndDate(expiresAt)) : nothing}
				${endedAt && status !== 'expired' ? fact(t(`times.${status}`), timeAndDate(endedAt)) : nothing}
				${fact(t('invitation-detail.mails'), sendCount)}
				${fact(t('shell.language'), tWithFallback(`language.${locale}`, locale))}
				${declineReason ? fact(t('invitation-detail.reason'), html`<q>${declineReason}</q>`) : nothing}
				${acceptedBy ? fact(t('invitation-detail.member'),
					html`<a href=${withPrefix(`/accounts/${this.account}/members/${acceptedBy}`)}>${t('invitation-detail.show-member')}</a>`) : nothing}
			</dl>`;
	}

	async #run(action) {
		if (await action(this.account, this.data)) {
			this.refresh({ highlight: true });
		}
	}

	#edit = async () => {
		const { id, email, permissions, permissionsVersion } = this.data;
		if (await editPermissions(this.account, { kind: 'invitations', id, name: email, permissions, version: permissionsVersion })) {
			this.refresh({ highlight: true });
		}
	};

}

customElements.define('lk-invitation-detail-page', InvitationDetailPage);
