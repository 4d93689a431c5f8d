import { Account } from '../api/account.js';
import { Feed } from './feed.js';
import { session } from './session.js';

let current = null;

/** The feed of the account that is looked at; there is one at a time. */
export function feedOf(account) {
	if (current?.account !== account) {
		current?.feed.close();
		current = { account, feed: new Feed(account), begun: null };
	}
	return current.feed;
}

/**
 * Begins to follow an account, once. What is read after it has begun is never older than the feed's
 * place, so nothing can fall between the two.
 */
export function following(account) {
	const feed = feedOf(account);
	const mine = current;
	mine.begun ??= new Account(account).members({ limit: 1 }).then(({ position }) => feed.follow(position));
	mine.begun.catch(() => {
		mine.begun = null;
	});
	return mine.begun;
}

session.addEventListener('change', () => {
	if (!session.user) {
		current?.feed.close();
		current = null;
	}
});
