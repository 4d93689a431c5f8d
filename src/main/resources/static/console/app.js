import { html, nothing } from 'lit';
import { currentLanguage, setLanguage, languages, t } from './i18n/index.js';
import { closeDialogs } from './components/dialog.js';
import { icons } from './components/icons.js';
import './components/toasts.js';
import './components/error-panel.js';
import { View } from './components/view.js';
import { currentPath, navigate, onNavigation } from './routing/router.js';
import { routeOf } from './routing/routes.js';
import { withPrefix } from './api/client.js';
import { setTheme, theme } from './state/preferences.js';
import { session } from './state/session.js';

const SERVED_STATUS = Number(document.documentElement.dataset.status);

/** The local mailbox is served on the service's own machine only. */
const IS_LOCAL = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** The frame around every page: header, navigation and footer. It shows the page of the current path. */
class App extends View {

	static properties = { page: { state: true }, account: { state: true } };

	/** Identifies the latest navigation, so that a page that loads slowly does not replace a later one. */
	#navigation = null;

	#userId;

	#isSigningOut = false;

	connectedCallback() {
		this.replaceChildren();
		super.connectedCallback();
		onNavigation(() => this.#showPage());
		this.listen(session, 'change', () => this.#sessionChanged());
		this.listen(window, 'pageshow', (event) => event.persisted && location.reload());
		this.#start();
	}

	async #start() {
		try {
			await session.load();
			await this.#showPage(true);
		}
		catch (problem) {
			this.#showError(problem);
		}
	}

	languageChanged() {
		super.languageChanged();
		this.#updateTitle();
	}

	#sessionChanged() {
		this.requestUpdate();
		const userId = session.user?.id;
		const isOtherUser = this.#userId !== userId;
		this.#userId = userId;
		if (this.#navigation && isOtherUser && !this.#isSigningOut && routeOf(currentPath())?.route.public === undefined) {
			this.#showPage();
		}
	}

	async #showPage(isFirst = false) {
		closeDialogs();
		const match = isFirst && SERVED_STATUS !== 200 ? null : routeOf(currentPath());
		const redirect = match && this.#redirectOf(match);
		if (redirect) {
			navigate(redirect, { replace: true });
			return;
		}
		const name = match && this.#isAccountKnown(match) ? match.route.page : 'not-found';
		const navigation = {};
		this.#navigation = navigation;
		try {
			await import(`./pages/${name}.js`);
		}
		catch {
			this.#showError(null);
			return;
		}
		if (this.#navigation === navigation) {
			await this.#display(Object.assign(document.createElement(`lk-${name}-page`), match?.params), match, isFirst);
		}
	}

	/** The path to show instead, or null: visitors must sign in first, and only owners manage users. */
	#redirectOf({ route, params }) {
		if (!route.public && !session.user) {
			const here = currentPath() + location.search;
			return '/sign-in' + (here === '/' ? '' : '?' + new URLSearchParams({ next: here }));
		}
		return session.account(params.account)?.owner === false && route.page !== 'own-access' ? `/accounts/${params.account}` : null;
	}

	#isAccountKnown({ params }) {
		return !params.account || session.account(params.account) !== null;
	}

	async #display(page, match, isFirst) {
		this.page = page;
		this.account = match?.params.account ?? null;
		if (session.account(this.account)) {
			session.rememberAccount(this.account);
		}
		await this.updateComplete;
		await page.updateComplete;
		this.#updateTitle();
		scrollTo(0, 0);
		if (!isFirst) {
			this.#moveFocusTo(page.querySelector('h1') ?? this.querySelector('main'));
		}
	}

	/** Screen readers then announce the new page first. */
	#moveFocusTo(element) {
		element.tabIndex = -1;
		element.focus({ preventScroll: true });
	}

	#showError(problem) {
		this.page = Object.assign(document.createElement('lk-error-panel'), { problem, retry: () => location.reload() });
		this.#updateTitle();
	}

	#updateTitle() {
		const title = this.page?.heading ? t(this.page.heading) : null;
		document.title = title ? `${title} · Latchkey` : 'Latchkey';
	}

	render() {
		return html`
			<a class="skip-link" href="#main" @click=${this.#skipToContent}>${t('shell.skip')}</a>
			<header class="shell">
				<a class="wordmark" href=${withPrefix('/')}>${icons.key}<span>Latchkey</span></a>
				${session.user ? this.#userMenus() : html`<a class="sign-in" href=${withPrefix('/sign-in')}>${t('sign-in.title')}</a>`}
			</header>
			${session.account(this.account)?.owner ? this.#accountNavigation() : nothing}
			<main id="main" tabindex="-1">${this.page ?? html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}</main>
			<footer class="shell">
				<label>${t('shell.language')}
					<select @change=${(event) => setLanguage(event.target.value)}>
						${languages.map((language) => html`<option value=${language} lang=${language}
							?selected=${language === currentLanguage()}>${t(`language.${language}`)}</option>`)}
					</select>
				</label>
				<label>${t('shell.theme')}
					<select @change=${(event) => setTheme(event.target.value)}>
						${['system', 'light', 'dark'].map((name) => html`<option value=${name}
							?selected=${name === theme()}>${t(`theme.${name}`)}</option>`)}
					</select>
				</label>
				${IS_LOCAL ? html`<a href=${withPrefix('/local/mailbox')}>${t('mailbox.title')}</a>` : nothing}
			</footer>
			<lk-toasts></lk-toasts>`;
	}

	#userMenus() {
		const current = session.account(this.account);
		return html`
			<button type="button" class="switcher" popovertarget="accounts-menu" title=${current?.name ?? nothing}>
				<span class="visually-hidden">${t('shell.switch-account')}: </span><span class="name">${current?.name ?? t('accounts.title')}</span>${icons.chevronDown}
			</button>
			<div popover id="accounts-menu" class="menu">
				<ul role="list">
					${session.accounts.map((account) => html`<li><a href=${withPrefix(`/accounts/${account.id}`)} @click=${this.#closeMenus}
						aria-current=${account.id === this.account ? 'true' : nothing}><span class="name">${account.name}</span>
						${account.owner ? html`<small>${t('member.owner')}</small>` : nothing}</a></li>`)}
					<li><a href=${withPrefix('/accounts')} @click=${this.#closeMenus}>${t('accounts.all')}</a></li>
				</ul>
			</div>
			<button type="button" class="user" popovertarget="user-menu" title=${session.user.email}>
				${icons.person}<span class="visually-hidden">${t('shell.signed-in-as')}: </span><span class="name">${session.user.name}</span>
			</button>
			<div popover id="user-menu" class="menu">
				<p><strong>${session.user.name}</strong><br><small>${session.user.email}</small></p>
				<button type="button" class="secondary" @click=${this.#signOut}>${icons.exit}${t('session.sign-out')}</button>
			</div>`;
	}

	#accountNavigation() {
		const link = (path, text) => html`<li><a href=${withPrefix(path)}
			aria-current=${currentPath() === path ? 'page' : nothing}>${text}</a></li>`;
		return html`
			<nav class="shell" aria-label=${t('shell.navigation')}>
				<ul role="list">
					${link(`/accounts/${this.account}/users`, t('users.title'))}
					${link(`/accounts/${this.account}/audit`, t('audit.title'))}
				</ul>
			</nav>`;
	}

	#skipToContent = (event) => {
		event.preventDefault();
		this.querySelector('main').focus();
	};

	#closeMenus = () => this.querySelectorAll('[popover]').forEach((menu) => menu.hidePopover());

	#signOut = async () => {
		this.#closeMenus();
		this.#isSigningOut = true;
		try {
			await session.signOut();
			navigate('/sign-in');
		}
		catch (problem) {
			this.#showError(problem);
		}
		this.#isSigningOut = false;
	};

}

customElements.define('lk-app', App);
