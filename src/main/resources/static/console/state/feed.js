import { address } from '../api/client.js';
import { isSameLog, seq } from './position.js';
import { EventStream } from './stream.js';

/**
 * An account's log, live. All tabs of a browser share one stream: whoever holds the lock reads it and
 * tells the others. A tab keeps its own place, so that the one that takes over goes on from there.
 *
 * Dispatches `event` (an `AccountEvent` as detail), `reset` (read the lists again) and `state`.
 */
export class Feed extends EventTarget {

	/** `connecting`, `live` or `lost`. */
	state = 'connecting';

	#account;

	#position = null;

	/** What was told before this tab had a place. */
	#early = [];

	#channel;

	#over = new AbortController();

	#stream = null;

	constructor(account) {
		super();
		this.#account = account;
		this.#channel = new BroadcastChannel(`latchkey-feed-${account}`);
		this.#channel.onmessage = ({ data }) => this.#heard(data);
	}

	/**
	 * Begins behind the place that a list was true for; of several lists, behind the earliest. It counts
	 * once: lists that are read later only know more.
	 */
	follow(position) {
		if (this.#position === null) {
			this.#position = position;
			this.#early.splice(0).forEach((message) => this.#arrived(message));
			this.#channel.postMessage({ kind: 'hello' });
			this.#queueForLead();
		}
	}

	close() {
		this.#over.abort();
		this.#stream?.close();
		this.#channel.close();
	}

	/** Tries again at once instead of when it is time. */
	hurry() {
		this.#stream?.hurry();
	}

	async #queueForLead() {
		if (!navigator.locks) {
			this.#lead();
			return;
		}
		try {
			await navigator.locks.request(`latchkey-feed-${this.#account}`, { signal: this.#over.signal },
				() => this.#lead());
		}
		catch (error) {
			if (error.name !== 'AbortError') {
				throw error;
			}
		}
	}

	/** Reads the stream until this tab goes away. */
	#lead() {
		if (this.#over.signal.aborted) {
			return Promise.resolve();
		}
		const open = () => address(`/api/v1/accounts/${this.#account}/events?after=${this.#position}`);
		this.#stream = new EventStream(open, (message) => this.#tell(message));
		return new Promise((resolve) => this.#over.signal.addEventListener('abort', resolve));
	}

	#tell(message) {
		if (!this.#over.signal.aborted) {
			this.#channel.postMessage(message);
			this.#heard(message);
		}
	}

	#heard(message) {
		if (message.kind === 'hello') {
			if (this.#stream) {
				this.#channel.postMessage({ kind: 'state', state: this.state });
			}
		}
		else if (message.kind === 'state') {
			this.state = message.state;
			this.dispatchEvent(new Event('state'));
		}
		else if (this.#position === null) {
			this.#early.push(message);
		}
		else {
			this.#arrived(message);
		}
	}

	/** The log has no gaps; a tab that finds one has slept, and reads everything again. */
	#arrived({ id, type, data }) {
		const before = this.#position;
		if (type === 'reset') {
			this.#position = id;
			this.dispatchEvent(new Event('reset'));
		}
		else if (!isSameLog(before, id) || seq(id) > seq(before) + 1n) {
			this.#position = id;
			this.dispatchEvent(new Event('reset'));
		}
		else if (seq(id) > seq(before)) {
			this.#position = id;
			this.dispatchEvent(new CustomEvent('event', { detail: JSON.parse(data) }));
		}
	}

}
