import { currentLanguage } from '../i18n/index.js';
import { Problem } from './problem.js';

const PREFIX = document.documentElement.dataset.prefix;

const listeners = new Set();

/** An address of this service, below the path that it is served under. */
export function address(path) {
	return PREFIX + path;
}

/** Calls back when a request was refused because nobody is signed in (any more). */
export function onSignedOut(listener) {
	listeners.add(listener);
}

/** Asks the API and hands out the raw answer. Refusals are thrown as a `Problem`. */
export async function request(method, path, { json, body, headers = {}, accept = 'application/json', signal } = {}) {
	const all = { 'Accept': accept, 'Accept-Language': currentLanguage(), ...headers };
	if (json !== undefined) {
		all['Content-Type'] = 'application/json';
	}
	let response;
	try {
		response = await fetch(address('/api/v1' + path), {
			method, headers: all, signal, body: json !== undefined ? JSON.stringify(json) : body, cache: 'no-store',
		});
	}
	catch (error) {
		if (signal?.aborted) {
			throw error;
		}
		throw Problem.offline();
	}
	if (!response.ok) {
		throw await refusal(response);
	}
	return response;
}

/** Asks the API for JSON; null if the answer has no body. */
export async function call(method, path, options) {
	const response = await request(method, path, options);
	const text = await response.text();
	return text ? JSON.parse(text) : null;
}

export const get = (path, options) => call('GET', path, options);

export const post = (path, json, options) => call('POST', path, { json, ...options });

/** Names a command, so that sending it again after a lost answer does nothing twice. */
export function commandKey() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function refusal(response) {
	const problem = await Problem.of(response);
	if (problem.code === 'not-signed-in') {
		listeners.forEach((listener) => listener());
	}
	return problem;
}
