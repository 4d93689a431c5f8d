import { withPrefix } from '../api/client.js';
import { isSameLog, seq } from './position.js';
import { EventStream } from './stream.js';

/**
 * The live events of an account. All tabs of a browser share one stream: the tab that holds the lock
 * reads it and broadcasts each message to the others. Every tab keeps its own position, so that the tab
 * that takes over continues from there.
 *
 * Dispatches `event` (with an `AccountEvent` as detail), `reset` (read the lists again) and `state`.
 */
export class Feed extends EventTarget {

	/** `connecting`, `live` or `lost`. */
	state = 'connecting';

	#account;

	#position = null;

	/** Messages that arrived before this tab had a position. */
	#buffered = [];

	#channel;

	#closing = new AbortController();

	#stream = null;

	constructor(account) {
		super();
		this.#account = account;
		this.#channel = new BroadcastChannel(`latchkey-feed-${account}`);
		this.#channel.onmessage = ({ data }) => this.#receive(data);
	}

	/**
	 * Starts after the position at which a list was read. Only the first call counts: lists that are read
	 * later are never older.
	 */
	follow(position) {
		if (this.#position === null) {
			this.#position = position;
			this.#buffered.splice(0).forEach((message) => this.#deliver(message));
			this.#channel.postMessage({ kind: 'hello' });
			this.#waitForLead();
		}
	}

	close() {
		this.#closing.abort();
		this.#stream?.close();
		this.#channel.close();
	}

	async #waitForLead() {
		if (!navigator.locks) {
			this.#lead();
			return;
		}
		try {
			await navigator.locks.request(`latchkey-feed-${this.#account}`, { signal: this.#closing.signal },
				() => this.#lead());
		}
		catch (error) {
			if (error.name !== 'AbortError') {
				throw error;
			}
		}
	}

	/** Reads the stream for all tabs until this feed is closed. */
	#lead() {
		if (this.#closing.signal.aborted) {
			return Promise.resolve();
		}
		const url = () => withPrefix(`/api/v1/accounts/${this.#account}/events?after=${this.#position}`);
		this.#stream = new EventStream(url, (message) => this.#broadcast(message));
		return new Promise((resolve) => this.#closing.signal.addEventListener('abort', resolve));
	}

	#broadcast(message) {
		if (!this.#closing.signal.aborted) {
			this.#channel.postMessage(message);
			this.#receive(message);
		}
	}

	#receive(message) {
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
			this.#buffered.push(message);
		}
		else {
			this.#deliver(message);
		}
	}

	/** The log has no gaps. A tab that sees one was suspended and must read everything again. */
	#deliver({ id, type, data }) {
		const previous = this.#position;
		if (type === 'reset') {
			this.#position = id;
			this.dispatchEvent(new Event('reset'));
		}
		else if (!isSameLog(previous, id) || seq(id) > seq(previous) + 1n) {
			this.#position = id;
			this.dispatchEvent(new Event('reset'));
		}
		else if (seq(id) > seq(previous)) {
			this.#position = id;
			this.dispatchEvent(new CustomEvent('event', { detail: JSON.parse(data) }));
		}
	}

}
