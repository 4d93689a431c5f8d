// A token that is entered stays in this page's memory: nothing is stored, no other host is asked for anything.

// A browser sends its cookie by itself, and no script can set it: only the token is to be entered.
const tokenOnly = (select) => (...state) => select(...state).filter((definition) => definition.has('bearer'));

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

SwaggerUIBundle({
	url: new URL('openapi.yaml', document.baseURI).href,
	dom_id: '#docs',
	deepLinking: true,
	defaultModelExpandDepth: 4,
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	persistAuthorization: false,
	validatorUrl: null,
	plugins: [{
		statePlugins: {
			auth: { wrapSelectors: { definitionsToAuthorize: tokenOnly, definitionsForRequirements: tokenOnly } },
		},
	}],
});
