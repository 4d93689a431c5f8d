import { get } from '../api/client.js';
import { currentLanguage } from '../i18n/index.js';

const loaded = new Map();

/** The 13 permissions in the catalogue's order, in the person's language; read once for each. */
export function catalogue() {
	const language = currentLanguage();
	if (!loaded.has(language)) {
		const entries = get('/permissions').then(({ items }) => items);
		entries.catch(() => loaded.delete(language));
		loaded.set(language, entries);
	}
	return loaded.get(language);
}
