import { Account } from '../api/account.js';
import { Feed } from './feed.js';
import { session } from './session.js';

let current = null;

/** The feed of the account that is shown. Only one feed is open at a time. */
export function feedOf(account) {
	if (current?.account !== account) {
		current?.feed.close();
		current = { account, feed: new Feed(account), started: null };
	}
	return current.feed;
}

/**
 * Starts the feed of an account, unless it is started already. A list that is read after the returned
 * promise has resolved is never older than the feed's position, so no event is missed between the two.
 */
export function startFeed(account) {
	const feed = feedOf(account);
	const entry = current;
	entry.started ??= new Account(account).members({ limit: 1 }).then(({ position }) => feed.follow(position));
	entry.started.catch(() => {
		entry.started = null;
	});
	return entry.started;
}

session.addEventListener('change', () => {
	if (!session.user) {
		current?.feed.close();
		current = null;
	}
});
