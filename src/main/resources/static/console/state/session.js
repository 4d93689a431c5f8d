import { call, get, onSignedOut, post } from '../api/client.js';
import { remember, remembered } from './preferences.js';

/** Who is signed in, for every part of the page; tabs of one browser tell each other. */
class Session extends EventTarget {

	/** The signed-in user; null if there is none, undefined as long as nobody has asked. */
	user = undefined;

	accounts = [];

	#channel = new BroadcastChannel('latchkey-session');

	constructor() {
		super();
		this.#channel.onmessage = () => this.load();
		onSignedOut(() => this.#end());
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
		this.#changed();
	}

	async reloadAccounts() {
		this.accounts = (await get('/accounts')).items;
		this.#changed();
	}

	async signIn(email, password) {
		await post('/session', { email, password, cookie: true });
		await this.renew();
	}

	/** After the server has handed out another session. */
	async renew() {
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
		this.#end();
		this.#channel.postMessage('changed');
	}

	account(id) {
		return this.accounts.find((account) => account.id === id) ?? null;
	}

	/** The language that an account writes in. */
	localeOf(id) {
		return this.account(id)?.locale.slice(0, 2) ?? 'en';
	}

	/** The account that a person has used last, or else owns, or else has. */
	preferredAccount() {
		return this.account(remembered('account')) ?? this.accounts.find((account) => account.owner)
			?? this.accounts[0] ?? null;
	}

	prefer(account) {
		remember('account', account);
	}

	#end() {
		if (this.user !== null) {
			this.user = null;
			this.accounts = [];
			this.#changed();
		}
	}

	#changed() {
		this.dispatchEvent(new Event('change'));
	}

}

export const session = new Session();
