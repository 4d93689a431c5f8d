// Runs before the first paint, so that the page does not flash in the wrong theme. It must not be a module or deferred.
(() => {
	const root = document.documentElement;
	const preference = (name) => {
		try {
			return localStorage.getItem(name);
		}
		catch {
			return null;
		}
	};
	const dark = matchMedia('(prefers-color-scheme: dark)');
	const apply = () => {
		const chosen = preference('latchkey.theme');
		root.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
	};
	dark.addEventListener('change', apply);
	addEventListener('latchkey-theme', apply);
	apply();
	const language = preference('latchkey.language') ?? navigator.languages.find((tag) => /^(en|de)\b/i.test(tag)) ?? 'en';
	root.lang = language.toLowerCase().startsWith('de') ? 'de' : 'en';
})();
