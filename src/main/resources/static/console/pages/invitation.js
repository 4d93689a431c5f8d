import { html, nothing } from 'lit';
import { address, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { icons } from '../parts/icons.js';
import { offeredPermissions } from '../parts/permission-list.js';
import { time } from '../parts/time.js';
import { TokenPage } from '../parts/token.js';
import { trouble } from '../parts/trouble.js';
import { session } from '../state/session.js';
import './decline.js';

/**
 * What an invitee sees: who invites, to what, until when. Looking changes nothing; accepting and
 * declining each take a click.
 */
class InvitationPage extends TokenPage {

	static properties = { offer: { state: true }, mismatch: { state: true }, failure: { state: true } };

	heading = 'acceptance.title';

	connectedCallback() {
		super.connectedCallback();
		this.listen(session, 'change', () => this.requestUpdate());
	}

	tokenChanged() {
		super.tokenChanged();
		this.offer = null;
		this.mismatch = false;
		if (!this.gone) {
			this.#look();
		}
	}

	#look = async () => {
		this.failure = null;
		try {
			this.offer = await post('/invitations/preview', { token: this.token });
		}
		catch (problem) {
			this.failure = problem;
			this.refused(problem, []);
		}
	};

	render() {
		if (this.gone) {
			return this.gone === 'used' ? this.dead('acceptance', session.user ? t('not-found.home') : t('sign-in.action'), session.user ? '/' : '/sign-in')
				: this.dead('acceptance', t('not-found.home'), '/');
		}
		if (this.done) {
			return this.#finished();
		}
		if (!this.offer) {
			return this.failure ? trouble(this.failure, this.#look) : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`;
		}
		return html`<section class="card narrow offer">${this.#head()}${this.mismatch ? this.#otherUser() : this.#answer()}</section>`;
	}

	#head() {
		const { account, inviter, permissions, expiresAt } = this.offer;
		return html`
			<div class="big-icon">${icons.key}</div>
			<h1>${t('acceptance.heading', { inviter, account: account.name })}</h1>
			<p>${t('acceptance.text', { inviter })}</p>
			<h2>${t('acceptance.permissions')}</h2>
			${offeredPermissions(permissions)}
			<p class="until">${icons.clock}<span>${t('acceptance.until')} ${time(expiresAt, 'short')} (${time(expiresAt)})</span></p>`;
	}

	#answer() {
		return html`
			<form novalidate @submit=${this.onSubmit}>
				${session.user ? this.#asMyself() : this.offer.loginExists ? this.#bySigningIn() : this.#asNewUser()}
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

	#asMyself() {
		return html`<p class="notice">${t('acceptance.as')} <strong>${session.user.name}</strong> (${session.user.email}).
			<button type="button" class="link" @click=${this.#switchUser}>${t('acceptance.other')}</button></p>`;
	}

	#bySigningIn() {
		return html`
			<h2>${t('acceptance.login.title')}</h2>
			<p>${t('acceptance.login.text')}</p>
			${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
			${this.field('password', t('field.password'), { type: 'password', autocomplete: 'current-password' })}
			<p><a href=${address('/forgotten-password')} target="_blank" rel="noopener">${t('sign-in.forgotten')}</a></p>`;
	}

	#asNewUser() {
		return html`
			<h2>${t('acceptance.new.title')}</h2>
			<p>${t('acceptance.new.text')}</p>
			${this.field('name', t('field.name'), { autocomplete: 'name', maxlength: 80, hint: t('field.name.hint') })}
			${this.field('password', t('field.new-password'),
				{ type: 'password', autocomplete: 'new-password', maxlength: 128, hint: t('field.new-password.hint') })}`;
	}

	/** The invited address is not shown: whoever holds the link need not be whom it was sent to. */
	#otherUser() {
		return html`
			<div class="alert conflict" role="alert">
				<h2>${t('mismatch.title')}</h2>
				<p>${t('mismatch.text', { email: session.user?.email ?? '' })}</p>
			</div>
			<footer>
				<button type="button" @click=${this.#switchUser}>${t('mismatch.switch')}</button>
				<a class="button secondary" href=${address('/')}>${t('mismatch.stay')}</a>
			</footer>`;
	}

	#finished() {
		const declined = this.done === 'declined';
		return html`
			<section class="card narrow">
				<div class="big-icon ${declined ? 'muted' : 'good'}">${declined ? icons.cross : icons.check}</div>
				<h1 tabindex="-1">${t(`acceptance.${declined ? 'declined' : 'done'}.title`, { account: this.offer.account.name })}</h1>
				<p role="status">${t(`acceptance.${declined ? 'declined' : 'done'}.text`, { inviter: this.offer.inviter })}</p>
				${declined ? nothing : html`<p><a class="button" href=${address(`/accounts/${this.offer.account.id}`)}>
					${t('acceptance.go', { account: this.offer.account.name })}</a></p>`}
			</section>`;
	}

	async submit(values) {
		if (!session.user && this.offer.loginExists) {
			await session.signIn(values.email.trim(), values.password);
		}
		const asNewUser = session.user ? {} : { name: values.name.trim(), password: values.password };
		await post('/invitations/accept', { token: this.token, cookie: true, ...asNewUser });
		await session.renew();
		this.#end('accepted');
	}

	refused(problem, fields) {
		if (problem.code === 'invitation-email-mismatch') {
			this.mismatch = true;
		}
		else if (problem.code === 'login-exists' && this.offer) {
			this.offer = { ...this.offer, loginExists: true };
			this.problem = problem;
		}
		else {
			super.refused(problem, fields);
		}
	}

	#switchUser = async () => {
		await session.signOut();
		this.mismatch = false;
		this.problem = null;
		await this.updateComplete;
		this.querySelector('form input')?.focus();
	};

	#decline = async () => {
		const dialog = Object.assign(document.createElement('lk-decline'), { token: this.token, account: this.offer.account.name });
		const problem = await dialog.show();
		if (problem === true) {
			this.#end('declined');
		}
		else if (problem) {
			this.refused(problem, []);
		}
	};

	async #end(how) {
		this.done = how;
		this.forgetToken();
		await this.updateComplete;
		this.querySelector('h1').focus();
	}

}

customElements.define('lk-invitation-page', InvitationPage);
