import { withPrefix } from '../api/client.js';
import { routeOf } from './routes.js';

const listeners = new Set();

/** Registers a listener for navigation to another page. */
export function onNavigation(listener) {
	listeners.add(listener);
}

/** The current path without the prefix that the service is served under. */
export function currentPath() {
	const prefix = withPrefix('');
	const path = location.pathname.startsWith(prefix) ? location.pathname.slice(prefix.length) : location.pathname;
	return path || '/';
}

export function navigate(path, { replace = false } = {}) {
	history[replace ? 'replaceState' : 'pushState'](null, '', withPrefix(path));
	listeners.forEach((listener) => listener());
}

/** Stores the filters of the current page in the URL, without navigation. */
export function replaceQuery(query) {
	const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
	const text = parameters.toString();
	history.replaceState(null, '', location.pathname + (text ? '?' + text : '') + location.hash);
}

/** The page to show after signing in. It is always a page of this console, never another site. */
export function pathAfterSignIn() {
	const next = new URLSearchParams(location.search).get('next') ?? '/';
	const path = next.split(/[?#]/, 1)[0];
	return routeOf(path) && !routeOf(path).route.public ? next : '/';
}

function onClick(event) {
	const link = event.target.closest?.('a[href]');
	if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
		|| event.altKey || link.target || link.hasAttribute('download') || link.origin !== location.origin) {
		return;
	}
	const prefix = withPrefix('');
	const path = link.pathname.slice(prefix.length) || '/';
	if (!link.pathname.startsWith(prefix) || !routeOf(path) || (link.hash && link.pathname === location.pathname)) {
		return;
	}
	event.preventDefault();
	navigate(path + link.search + link.hash);
}

document.addEventListener('click', onClick);
addEventListener('popstate', () => listeners.forEach((listener) => listener()));
