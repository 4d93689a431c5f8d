import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { confirm } from '../components/dialog.js';
import { icons } from '../components/icons.js';
import '../components/ownership-offer.js';
import { permissionList } from '../components/permission-list.js';
import { time } from '../components/time.js';
import { errorAlert } from '../components/error-panel.js';
import { View } from '../components/view.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** The permissions of the signed-in member in an account. The owner is redirected to user management. */
class OwnAccessPage extends View {

	static properties = { account: {}, member: { state: true }, problem: { state: true } };

	heading = 'access.title';

	connectedCallback() {
		super.connectedCallback();
		this.#load();
	}

	async #load() {
		this.problem = null;
		if (session.account(this.account)?.owner) {
			navigate(`/accounts/${this.account}/users`, { replace: true });
			return;
		}
		try {
			this.member = await new Account(this.account).ownMembership();
		}
		catch (problem) {
			this.problem = problem;
		}
	}

	render() {
		const name = session.account(this.account)?.name ?? '';
		return html`
			<div class="page-head"><h1>${name ? t('access.heading', { account: name }) : t('access.title')}</h1></div>
			<lk-ownership-offer .account=${this.account}></lk-ownership-offer>
			${this.problem ? errorAlert(this.problem, () => this.#load()) : nothing}
			${this.member ? html`
				<section class="card">
					<p class="muted">${t('access.since')} ${time(this.member.joinedAt, 'short')}</p>
					${permissionList(this.member.permissions)}
					<footer><button type="button" class="secondary" @click=${() => this.#leave(name)}>${icons.exit}${t('access.leave')}</button></footer>
				</section>` : nothing}`;
	}

	async #leave(name) {
		const left = await confirm({
			question: t('access.leave.question', { account: name }),
			explanation: t('access.leave.text'),
			label: t('access.leave'),
			action: () => new Account(this.account).leave(),
		});
		if (left) {
			await session.reloadAccounts();
			navigate('/accounts', { replace: true });
		}
	}

}

customElements.define('lk-own-access-page', OwnAccessPage);
