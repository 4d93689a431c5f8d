/** The pages of the console. `ConsoleRoutes` serves the same paths. Pages that are not public require a signed-in user. */
export const routes = [
	{ path: '/', page: 'home' },
	{ path: '/sign-in', page: 'sign-in', public: true },
	{ path: '/sign-up', page: 'sign-up', public: true },
	{ path: '/forgotten-password', page: 'forgotten-password', public: true },
	{ path: '/verification', page: 'verification', public: true },
	{ path: '/password-reset', page: 'password-reset', public: true },
	{ path: '/invitation', page: 'invitation', public: true },
	{ path: '/accounts', page: 'accounts' },
	{ path: '/accounts/{account}', page: 'own-access' },
	{ path: '/accounts/{account}/users', page: 'users' },
	{ path: '/accounts/{account}/members/{user}', page: 'member' },
	{ path: '/accounts/{account}/invitations/{invitation}', page: 'invitation-detail' },
	{ path: '/accounts/{account}/audit', page: 'audit' },
	{ path: '/local/mailbox', page: 'mailbox', public: true },
].map((route) => ({ ...route, pattern: patternOf(route.path) }));

function patternOf(path) {
	return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[0-9a-f-]{36})')}$`);
}

/** The route of a path and the ids in it; null if no page has this path. */
export function routeOf(path) {
	for (const route of routes) {
		const match = route.pattern.exec(path);
		if (match) {
			return { route, params: { ...match.groups } };
		}
	}
	return null;
}
