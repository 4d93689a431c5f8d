import { call, get, onSignedOut, post } from '../api/client.js';
import { setPreference, preference } from './preferences.js';

/** The signed-in user and their accounts. Tabs of one browser notify each other of changes. */
class Session extends EventTarget {

	/** The signed-in user; null if no user is signed in, undefined before the first `load`. */
	user = undefined;

	accounts = [];

	#channel = new BroadcastChannel('latchkey-session');

	constructor() {
		super();
		this.#channel.onmessage = () => this.load();
		onSignedOut(() => this.#clear());
	}

	async load() {
		try {
			const session = await get('/session');
			this.accounts = (await get('/accounts')).items;
			this.user = session.user;
		}
		catch (problem) {
			if (problem.code !== 'not-signed-in') {
				throw problem;
			}
			this.user = null;
			this.accounts = [];
		}
		this.#notify();
	}

	async reloadAccounts() {
		this.accounts = (await get('/accounts')).items;
		this.#notify();
	}

	async signIn(email, password) {
		await post('/session', { email, password, cookie: true });
		await this.reloadInAllTabs();
	}

	/** Loads the session again here and in the other tabs, after the server has changed it. */
	async reloadInAllTabs() {
		await this.load();
		this.#channel.postMessage('changed');
	}

	async signOut() {
		try {
			await call('DELETE', '/session');
		}
		catch (problem) {
			if (problem.code !== 'not-signed-in') {
				throw problem;
			}
		}
		this.#clear();
		this.#channel.postMessage('changed');
	}

	account(id) {
		return this.accounts.find((account) => account.id === id) ?? null;
	}

	/** The language of an account's mails. */
	localeOf(id) {
		return this.account(id)?.locale.slice(0, 2) ?? 'en';
	}

	/** The account that was used last, or else the first owned account, or else the first account. */
	preferredAccount() {
		return this.account(preference('account')) ?? this.accounts.find((account) => account.owner)
			?? this.accounts[0] ?? null;
	}

	rememberAccount(account) {
		setPreference('account', account);
	}

	#clear() {
		if (this.user !== null) {
			this.user = null;
			this.accounts = [];
			this.#notify();
		}
	}

	#notify() {
		this.dispatchEvent(new Event('change'));
	}

}

export const session = new Session();
