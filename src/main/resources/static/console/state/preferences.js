/** What a browser remembers of its person: nothing that a server would have to know. */
const PREFIX = 'latchkey.';

export function remembered(name) {
	try {
		return localStorage.getItem(PREFIX + name);
	}
	catch {
		return null;
	}
}

/** Remembers a text, or forgets it if there is none. */
export function remember(name, value) {
	try {
		if (value) {
			localStorage.setItem(PREFIX + name, value);
		}
		else {
			localStorage.removeItem(PREFIX + name);
		}
	}
	catch {
		// Storage may be denied; then the choice lasts as long as the page.
	}
}

export function theme() {
	return remembered('theme') ?? 'system';
}

export function chooseTheme(name) {
	remember('theme', name === 'system' ? null : name);
	dispatchEvent(new Event('latchkey-theme'));
}
