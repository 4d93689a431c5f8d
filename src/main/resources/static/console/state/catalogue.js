import { get } from '../api/client.js';
import { currentLanguage } from '../i18n/index.js';

const loaded = new Map();

/** The permission catalogue in the page's language and in the order of the API. Each language is loaded once. */
export function catalogue() {
	const language = currentLanguage();
	if (!loaded.has(language)) {
		const entries = get('/permissions').then(({ items }) => items);
		entries.catch(() => loaded.delete(language));
		loaded.set(language, entries);
	}
	return loaded.get(language);
}
