// An entered token stays in this page's memory. It is not stored, and no other host receives a request.

// The browser sends the session cookie itself, and a script cannot set it. So only the bearer token can be entered.
const tokenOnly = (select) => (...state) => select(...state).filter((definition) => definition.has('bearer'));

const dark = matchMedia('(prefers-color-scheme: dark)');
const applyTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', applyTheme);
applyTheme();

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
