/** Preferences are stored in this browser only, not on the server. */
const PREFIX = 'latchkey.';

export function preference(name) {
	try {
		return localStorage.getItem(PREFIX + name);
	}
	catch {
		return null;
	}
}

/** Stores a preference, or removes it if the value is empty. */
export function setPreference(name, value) {
	try {
		if (value) {
			localStorage.setItem(PREFIX + name, value);
		}
		else {
			localStorage.removeItem(PREFIX + name);
		}
	}
	catch {
		// The browser may deny access to storage. The choice then lasts as long as the page.
	}
}

export function theme() {
	return preference('theme') ?? 'system';
}

export function setTheme(name) {
	setPreference('theme', name === 'system' ? null : name);
	dispatchEvent(new Event('latchkey-theme'));
}
