import { currentLanguage } from '../i18n/index.js';
import { Problem } from './problem.js';

const PREFIX = document.documentElement.dataset.prefix;

const listeners = new Set();

/** Adds the path prefix that the service is served under. */
export function withPrefix(path) {
	return PREFIX + path;
}

/** Registers a listener for responses that say that no user is signed in. */
export function onSignedOut(listener) {
	listeners.add(listener);
}

/**
 * Sends a request to the API and returns the raw response.
 * @throws {Problem} for an error response, or if there was no response
 */
export async function request(method, path, { json, body, headers = {}, accept = 'application/json', signal } = {}) {
	const allHeaders = { 'Accept': accept, 'Accept-Language': currentLanguage(), ...headers };
	if (json !== undefined) {
		allHeaders['Content-Type'] = 'application/json';
	}
	let response;
	try {
		response = await fetch(withPrefix('/api/v1' + path), {
			method, headers: allHeaders, signal, body: json !== undefined ? JSON.stringify(json) : body, cache: 'no-store',
		});
	}
	catch (error) {
		if (signal?.aborted) {
			throw error;
		}
		throw Problem.offline();
	}
	if (!response.ok) {
		throw await problemOf(response);
	}
	return response;
}

/** Sends a request to the API and returns the JSON of the response; null if it has no body. */
export async function call(method, path, options) {
	const response = await request(method, path, options);
	const text = await response.text();
	return text ? JSON.parse(text) : null;
}

export const get = (path, options) => call('GET', path, options);

export const post = (path, json, options) => call('POST', path, { json, ...options });

/** A key for one command: sending the command again with the same key, after a lost response, executes it only once. */
export function newIdempotencyKey() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function problemOf(response) {
	const problem = await Problem.ofResponse(response);
	if (problem.code === 'not-signed-in') {
		listeners.forEach((listener) => listener());
	}
	return problem;
}
