/** The pages of the console; `ConsoleRoutes` serves the same paths. Closed ones need somebody signed in. */
export const routes = [
	{ path: '/', page: 'home' },
	{ path: '/sign-in', page: 'sign-in', open: true },
	{ path: '/sign-up', page: 'sign-up', open: true },
	{ path: '/forgotten-password', page: 'forgotten-password', open: true },
	{ path: '/verification', page: 'verification', open: true },
	{ path: '/password-reset', page: 'password-reset', open: true },
	{ path: '/invitation', page: 'invitation', open: true },
	{ path: '/accounts', page: 'accounts' },
	{ path: '/accounts/{account}', page: 'own-access' },
	{ path: '/accounts/{account}/users', page: 'users' },
	{ path: '/accounts/{account}/members/{user}', page: 'member' },
	{ path: '/accounts/{account}/invitations/{invitation}', page: 'invitation-detail' },
	{ path: '/accounts/{account}/audit', page: 'audit' },
	{ path: '/local/mailbox', page: 'mailbox', open: true },
].map((route) => ({ ...route, pattern: pattern(route.path) }));

function pattern(path) {
	return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[0-9a-f-]{36})')}$`);
}

/** The route of a path and what its pattern takes from it; null if no page has it. */
export function routeOf(path) {
	for (const route of routes) {
		const match = route.pattern.exec(path);
		if (match) {
			return { route, params: { ...match.groups } };
		}
	}
	return null;
}
