import { html, nothing } from 'lit';
import { currentLanguage, chooseLanguage, languages, t } from './i18n/index.js';
import { closeDialogs } from './parts/dialog.js';
import { icons } from './parts/icons.js';
import './parts/toasts.js';
import './parts/trouble.js';
import { View } from './parts/view.js';
import { currentPath, navigate, onNavigation } from './routing/router.js';
import { routeOf } from './routing/routes.js';
import { address } from './api/client.js';
import { chooseTheme, theme } from './state/preferences.js';
import { session } from './state/session.js';

const SERVED_AS = Number(document.documentElement.dataset.status);

/** Only on its own machine does a service show the mail that it keeps. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** The frame around every page: where one is, who one is, and the choices a browser remembers. */
class App extends View {

	static properties = { page: { state: true }, account: { state: true } };

	#shown = null;

	#user;

	#leaving = false;

	connectedCallback() {
		this.replaceChildren();
		super.connectedCallback();
		onNavigation(() => this.#show());
		this.listen(session, 'change', () => this.#sessionChanged());
		this.listen(window, 'pageshow', (event) => event.persisted && location.reload());
		this.#start();
	}

	async #start() {
		try {
			await session.load();
			await this.#show(true);
		}
		catch (problem) {
			this.#trouble(problem);
		}
	}

	languageChanged() {
		super.languageChanged();
		this.#retitle();
	}

	#sessionChanged() {
		this.requestUpdate();
		const user = session.user?.id;
		const another = this.#user !== user;
		this.#user = user;
		if (this.#shown && another && !this.#leaving && routeOf(currentPath())?.route.open === undefined) {
			this.#show();
		}
	}

	async #show(first = false) {
		closeDialogs();
		const match = first && SERVED_AS !== 200 ? null : routeOf(currentPath());
		const elsewhere = match && this.#elsewhere(match);
		if (elsewhere) {
			navigate(elsewhere, { replace: true });
			return;
		}
		const name = match && this.#mayBeThere(match) ? match.route.page : 'not-found';
		const showing = {};
		this.#shown = showing;
		try {
			await import(`./pages/${name}.js`);
		}
		catch {
			this.#trouble(null);
			return;
		}
		if (this.#shown === showing) {
			await this.#put(Object.assign(document.createElement(`lk-${name}-page`), match?.params), match, first);
		}
	}

	/** Where to go instead: who isn't signed in signs in first, and only owners manage users. */
	#elsewhere({ route, params }) {
		if (!route.open && !session.user) {
			const here = currentPath() + location.search;
			return '/sign-in' + (here === '/' ? '' : '?' + new URLSearchParams({ next: here }));
		}
		return session.account(params.account)?.owner === false && route.page !== 'own-access' ? `/accounts/${params.account}` : null;
	}

	#mayBeThere({ params }) {
		return !params.account || session.account(params.account) !== null;
	}

	async #put(page, match, first) {
		this.page = page;
		this.account = match?.params.account ?? null;
		if (session.account(this.account)) {
			session.prefer(this.account);
		}
		await this.updateComplete;
		await page.updateComplete;
		this.#retitle();
		scrollTo(0, 0);
		if (!first) {
			this.#focusOn(page.querySelector('h1') ?? this.querySelector('main'));
		}
	}

	/** Whoever hears the page hears first where they are now. */
	#focusOn(element) {
		element.tabIndex = -1;
		element.focus({ preventScroll: true });
	}

	#trouble(problem) {
		this.page = Object.assign(document.createElement('lk-trouble'), { problem, retry: () => location.reload() });
		this.#retitle();
	}

	#retitle() {
		const title = this.page?.heading ? t(this.page.heading) : null;
		document.title = title ? `${title} · Latchkey` : 'Latchkey';
	}

	render() {
		return html`
			<a class="skip" href="#main" @click=${this.#skip}>${t('shell.skip')}</a>
			<header class="shell">
				<a class="wordmark" href=${address('/')}>${icons.key}<span>Latchkey</span></a>
				${session.user ? this.#signedIn() : html`<a class="enter" href=${address('/sign-in')}>${t('sign-in.title')}</a>`}
			</header>
			${session.account(this.account)?.owner ? this.#navigation() : nothing}
			<main id="main" tabindex="-1">${this.page ?? html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}</main>
			<footer class="shell">
				<label>${t('shell.language')}
					<select @change=${(event) => chooseLanguage(event.target.value)}>
						${languages.map((language) => html`<option value=${language} lang=${language}
							?selected=${language === currentLanguage()}>${t(`language.${language}`)}</option>`)}
					</select>
				</label>
				<label>${t('shell.theme')}
					<select @change=${(event) => chooseTheme(event.target.value)}>
						${['system', 'light', 'dark'].map((name) => html`<option value=${name}
							?selected=${name === theme()}>${t(`theme.${name}`)}</option>`)}
					</select>
				</label>
				${LOCAL ? html`<a href=${address('/local/mailbox')}>${t('mailbox.title')}</a>` : nothing}
			</footer>
			<lk-toasts></lk-toasts>`;
	}

	#signedIn() {
		const current = session.account(this.account);
		return html`
			<button type="button" class="switcher" popovertarget="accounts-menu" title=${current?.name ?? nothing}>
				<span class="hidden">${t('shell.switch')}: </span><span class="name">${current?.name ?? t('accounts.title')}</span>${icons.down}
			</button>
			<div popover id="accounts-menu" class="menu accounts">
				<ul role="list">
					${session.accounts.map((account) => html`<li><a href=${address(`/accounts/${account.id}`)} @click=${this.#closeMenus}
						aria-current=${account.id === this.account ? 'true' : nothing}><span class="name">${account.name}</span>
						${account.owner ? html`<small>${t('member.owner')}</small>` : nothing}</a></li>`)}
					<li><a href=${address('/accounts')} @click=${this.#closeMenus}>${t('accounts.all')}</a></li>
				</ul>
			</div>
			<button type="button" class="me" popovertarget="me-menu" title=${session.user.email}>
				${icons.person}<span class="hidden">${t('shell.you')}: </span><span class="name">${session.user.name}</span>
			</button>
			<div popover id="me-menu" class="menu me">
				<p><strong>${session.user.name}</strong><br><small>${session.user.email}</small></p>
				<button type="button" class="secondary" @click=${this.#signOut}>${icons.leave}${t('session.sign-out')}</button>
			</div>`;
	}

	#navigation() {
		const here = currentPath();
		const link = (path, text) => html`<li><a href=${address(path)}
			aria-current=${here === path ? 'page' : nothing}>${text}</a></li>`;
		return html`
			<nav class="shell" aria-label=${t('shell.navigation')}>
				<ul role="list">
					${link(`/accounts/${this.account}/users`, t('users.title'))}
					${link(`/accounts/${this.account}/audit`, t('audit.title'))}
				</ul>
			</nav>`;
	}

	#skip = (event) => {
		event.preventDefault();
		this.querySelector('main').focus();
	};

	#closeMenus = () => this.querySelectorAll('[popover]').forEach((menu) => menu.hidePopover());

	#signOut = async () => {
		this.#closeMenus();
		this.#leaving = true;
		try {
			await session.signOut();
			navigate('/sign-in');
		}
		catch (problem) {
			this.#trouble(problem);
		}
		this.#leaving = false;
	};

}

customElements.define('lk-app', App);
