import { address } from '../api/client.js';
import { routeOf } from './routes.js';

const listeners = new Set();

/** Calls back whenever another page is to be shown. */
export function onNavigation(listener) {
	listeners.add(listener);
}

/** The present path, without the prefix that the service is served under. */
export function currentPath() {
	const prefix = address('');
	const path = location.pathname.startsWith(prefix) ? location.pathname.slice(prefix.length) : location.pathname;
	return path || '/';
}

export function navigate(path, { replace = false } = {}) {
	history[replace ? 'replaceState' : 'pushState'](null, '', address(path));
	listeners.forEach((listener) => listener());
}

/** Keeps what a page shows in its address, without being another page. */
export function rewriteQuery(query) {
	const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
	const text = parameters.toString();
	history.replaceState(null, '', location.pathname + (text ? '?' + text : '') + location.hash);
}

/** Where to go after signing in: a page of ours, never another site. */
export function nextPath() {
	const next = new URLSearchParams(location.search).get('next') ?? '/';
	const path = next.split(/[?#]/, 1)[0];
	return routeOf(path) && !routeOf(path).route.open ? next : '/';
}

function onClick(event) {
	const link = event.target.closest?.('a[href]');
	if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
		|| event.altKey || link.target || link.hasAttribute('download') || link.origin !== location.origin) {
		return;
	}
	const prefix = address('');
	const path = link.pathname.slice(prefix.length) || '/';
	if (!link.pathname.startsWith(prefix) || !routeOf(path) || (link.hash && link.pathname === location.pathname)) {
		return;
	}
	event.preventDefault();
	navigate(path + link.search + link.hash);
}

document.addEventListener('click', onClick);
addEventListener('popstate', () => listeners.forEach((listener) => listener()));
