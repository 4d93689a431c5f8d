// Runs before the first paint, so that nothing flashes: it is neither a module nor deferred.
(() => {
	const root = document.documentElement;
	const remembered = (name) => {
		try {
			return localStorage.getItem(name);
		}
		catch {
			return null;
		}
	};
	const dark = matchMedia('(prefers-color-scheme: dark)');
	const show = () => {
		const chosen = remembered('latchkey.theme');
		root.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
	};
	dark.addEventListener('change', show);
	addEventListener('latchkey-theme', show);
	show();
	const language = remembered('latchkey.language') ?? navigator.languages.find((tag) => /^(en|de)\b/i.test(tag)) ?? 'en';
	root.lang = language.toLowerCase().startsWith('de') ? 'de' : 'en';
})();
