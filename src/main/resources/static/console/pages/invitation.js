import { html, nothing } from 'lit';
import { withPrefix, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { icons } from '../components/icons.js';
import { offeredPermissions } from '../components/permission-list.js';
import { time } from '../components/time.js';
import { TokenPage } from '../components/token-page.js';
import { errorAlert } from '../components/error-panel.js';
import { toast } from '../components/toasts.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';
import './decline.js';

/**
 * The page that an invitation's link opens: the inviter, the account, the permissions and the expiry.
 * Opening it changes nothing; the invitee accepts or declines with a click. The member who accepted the invitation
 * gets into the account instead.
 */
class InvitationPage extends TokenPage {

	static properties = { offer: { state: true }, isOtherUser: { state: true }, loadProblem: { state: true } };

	heading = 'acceptance.title';

	connectedCallback() {
		super.connectedCallback();
		this.listen(session, 'change', () => this.#sessionChanged());
	}

	tokenChanged() {
		super.tokenChanged();
		this.offer = null;
		this.isOtherUser = false;
		if (!this.linkProblem) {
			this.#loadOffer();
		}
	}

	#loadOffer = async () => {
		this.loadProblem = null;
		this.linkProblem = null;
		try {
			await this.#loadOfferOrOpenAccount();
		}
		catch (problem) {
			this.loadProblem = problem;
			this.showProblem(problem, []);
		}
	};

	async #loadOfferOrOpenAccount() {
		try {
			this.offer = await post('/invitations/preview', { token: this.token });
		}
		catch (problem) {
			if (!problem.body?.accountId) {
				throw problem;
			}
			await session.reloadAccounts();
			if (this.isConnected) {
				toast(t('acceptance.already-accepted'));
				navigate(`/accounts/${problem.body.accountId}`, { replace: true });
			}
		}
	}

	/** After a sign-in, a used link can be that of the signed-in user. */
	#sessionChanged() {
		this.requestUpdate();
		if (this.linkProblem === 'used' && session.user) {
			this.offer = null;
			this.#loadOffer();
		}
	}

	render() {
		if (this.linkProblem === 'used') {
			return this.#usedLink();
		}
		if (this.linkProblem) {
			return this.invalidLink('acceptance', t('not-found.home'), '/');
		}
		if (this.outcome) {
			return this.#result();
		}
		if (!this.offer) {
			return this.loadProblem ? errorAlert(this.loadProblem, this.#loadOffer) : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`;
		}
		return html`<section class="card narrow offer">${this.#offerDetails()}${this.isOtherUser ? this.#otherUserNotice() : this.#answerForm()}</section>`;
	}

	/** The member who accepted can sign in here and then gets into the account. */
	#usedLink() {
		return html`
			<section class="card narrow">
				<div class="big-icon muted">${icons.hourglass}</div>
				<h1>${t('acceptance.used.title')}</h1>
				<p>${t('acceptance.used.text')}</p>
				${session.user ? this.#otherLoginChoice() : html`
					<form novalidate @submit=${this.onSubmit}>
						${this.#loginFields()}
						${this.alert()}
						${this.submitButton(t('sign-in.action'))}
					</form>`}
			</section>`;
	}

	#otherLoginChoice() {
		return html`
			<footer>
				<a class="button" href=${withPrefix('/')}>${t('not-found.home')}</a>
				<button type="button" class="secondary" @click=${this.#switchUser}>${t('acceptance.switch-login')}</button>
			</footer>`;
	}

	#offerDetails() {
		const { account, inviter, permissions, expiresAt } = this.offer;
		return html`
			<div class="big-icon">${icons.key}</div>
			<h1>${t('acceptance.heading', { inviter, account: account.name })}</h1>
			<p>${t('acceptance.text', { inviter })}</p>
			<h2>${t('acceptance.permissions')}</h2>
			${offeredPermissions(permissions)}
			<p class="until">${icons.clock}<span>${t('acceptance.until')} ${time(expiresAt, 'short')} (${time(expiresAt)})</span></p>`;
	}

	#answerForm() {
		return html`
			<form novalidate @submit=${this.onSubmit}>
				${session.user ? this.#signedInFields() : this.offer.loginExists ? this.#signInFields() : this.#newUserFields()}
				${this.alert()}
				<footer>
					${this.submitButton(this.#acceptLabel())}
					<button type="button" class="secondary" @click=${this.#decline}>${t('decline.action')}</button>
				</footer>
			</form>`;
	}

	#acceptLabel() {
		return session.user ? t('acceptance.accept') : this.offer.loginExists ? t('acceptance.sign-in') : t('acceptance.create');
	}

	#signedInFields() {
		return html`<p class="notice">${t('acceptance.signed-in-as')} <strong>${session.user.name}</strong> (${session.user.email}).
			<button type="button" class="link" @click=${this.#switchUser}>${t('acceptance.switch-login')}</button></p>`;
	}

	#signInFields() {
		return html`
			<h2>${t('acceptance.login.title')}</h2>
			<p>${t('acceptance.login.text')}</p>
			${this.#loginFields()}`;
	}

	#loginFields() {
		return html`
			${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
			${this.field('password', t('field.password'), { type: 'password', autocomplete: 'current-password' })}
			<p><a href=${withPrefix('/forgotten-password')} target="_blank" rel="noopener">${t('sign-in.forgotten')}</a></p>`;
	}

	#newUserFields() {
		return html`
			<h2>${t('acceptance.new.title')}</h2>
			<p>${t('acceptance.new.text')}</p>
			${this.field('name', t('field.name'), { autocomplete: 'name', maxlength: 80, hint: t('field.name.hint') })}
			${this.field('password', t('field.new-password'),
				{ type: 'password', autocomplete: 'new-password', maxlength: 128, hint: t('field.new-password.hint') })}`;
	}

	/** The invited address is not shown, because the holder of the link may not be the invitee. */
	#otherUserNotice() {
		return html`
			<div class="alert conflict" role="alert">
				<h2>${t('mismatch.title')}</h2>
				<p>${t('mismatch.text', { email: session.user?.email ?? '' })}</p>
			</div>
			<footer>
				<button type="button" @click=${this.#switchUser}>${t('mismatch.switch')}</button>
				<a class="button secondary" href=${withPrefix('/')}>${t('mismatch.stay')}</a>
			</footer>`;
	}

	#result() {
		const declined = this.outcome === 'declined';
		return html`
			<section class="card narrow">
				<div class="big-icon ${declined ? 'muted' : 'success'}">${declined ? icons.cross : icons.check}</div>
				<h1 tabindex="-1">${t(`acceptance.${declined ? 'declined' : 'done'}.title`, { account: this.offer.account.name })}</h1>
				<p role="status">${t(`acceptance.${declined ? 'declined' : 'done'}.text`, { inviter: this.offer.inviter })}</p>
				${declined ? nothing : html`<p><a class="button" href=${withPrefix(`/accounts/${this.offer.account.id}`)}>
					${t('acceptance.open-account', { account: this.offer.account.name })}</a></p>`}
			</section>`;
	}

	async submit(values) {
		if (this.linkProblem) {
			await session.signIn(values.email.trim(), values.password);
			return;
		}
		if (!session.user && this.offer.loginExists) {
			await session.signIn(values.email.trim(), values.password);
		}
		const newUser = session.user ? {} : { name: values.name.trim(), password: values.password };
		await post('/invitations/accept', { token: this.token, cookie: true, ...newUser });
		await session.reloadInAllTabs();
		this.#finish('accepted');
	}

	showProblem(problem, fields) {
		if (problem.code === 'invitation-email-mismatch') {
			this.isOtherUser = true;
		}
		else if (problem.code === 'login-exists' && this.offer) {
			this.offer = { ...this.offer, loginExists: true };
			this.problem = problem;
		}
		else {
			super.showProblem(problem, fields);
		}
	}

	#switchUser = async () => {
		await session.signOut();
		this.isOtherUser = false;
		this.problem = null;
		await this.updateComplete;
		this.querySelector('form input')?.focus();
	};

	#decline = async () => {
		const dialog = Object.assign(document.createElement('lk-decline'), { token: this.token, account: this.offer.account.name });
		const problem = await dialog.show();
		if (problem === true) {
			this.#finish('declined');
		}
		else if (problem) {
			this.showProblem(problem, []);
		}
	};

	async #finish(outcome) {
		this.outcome = outcome;
		this.removeToken();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}

customElements.define('lk-invitation-page', InvitationPage);
