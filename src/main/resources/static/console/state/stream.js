import { get } from '../api/client.js';

/** The types of the events in an account's log. */
export const EVENT_TYPES = ['account.created', 'account.validity-changed', 'invitation.created', 'invitation.sent',
	'invitation.delivery-failed', 'invitation.resent', 'invitation.reminded', 'invitation.permissions-changed', 'invitation.accepted', 'invitation.declined',
	'invitation.revoked', 'invitation.expired', 'member.permissions-changed', 'member.removed', 'member.left',
	'ownership.offered', 'ownership.withdrawn', 'ownership.declined', 'ownership.transferred'];

const MAX_RETRY_DELAY_MS = 20_000;

const SUSPENSION_CHECK_MS = 15_000;

/** If this much time has passed between two checks, the computer was suspended and the stream is lost. */
const SUSPENDED_MS = 120_000;

/**
 * An `EventSource` that never gives up. The browser's own stops at every response that is not an event
 * stream, such as a proxy's error page while the service restarts.
 */
export class EventStream {

	#url;

	#onMessage;

	#source = null;

	#retryTimer = null;

	#suspensionTimer;

	#lastCheck = Date.now();

	#failures = 0;

	/** Opens the stream. `url` is a function, because the position in it changes with every event. */
	constructor(url, onMessage) {
		this.#url = url;
		this.#onMessage = onMessage;
		addEventListener('online', this.retryNow);
		addEventListener('offline', this.#offline);
		this.#suspensionTimer = setInterval(() => this.#checkSuspension(), SUSPENSION_CHECK_MS);
		this.#open();
	}

	close() {
		removeEventListener('online', this.retryNow);
		removeEventListener('offline', this.#offline);
		clearInterval(this.#suspensionTimer);
		clearTimeout(this.#retryTimer);
		this.#source?.close();
		this.#source = null;
	}

	/** Reconnects now, unless the stream is open. */
	retryNow = () => {
		if (this.#source?.readyState !== EventSource.OPEN) {
			this.#open();
		}
	};

	#offline = () => {
		this.#source?.close();
		this.#onMessage({ kind: 'state', state: 'lost' });
	};

	#checkSuspension() {
		if (Date.now() - this.#lastCheck > SUSPENDED_MS) {
			this.#open();
		}
		this.#lastCheck = Date.now();
	}

	#open() {
		clearTimeout(this.#retryTimer);
		this.#source?.close();
		const source = new EventSource(this.#url());
		this.#source = source;
		source.onopen = () => {
			this.#failures = 0;
			this.#onMessage({ kind: 'state', state: 'live' });
		};
		source.onerror = () => this.#retryLater(source);
		source.addEventListener('reconnect', ({ data }) => this.#reconnectAfter(source, JSON.parse(data).wait));
		for (const type of [...EVENT_TYPES, 'reset']) {
			source.addEventListener(type, ({ lastEventId, data }) =>
				this.#onMessage({ kind: 'event', id: lastEventId, type, data }));
		}
	}

	/** The replica shuts down and sends the delay until the next connection. No event is lost, so the state stays `live`. */
	#reconnectAfter(source, millis) {
		if (source === this.#source) {
			source.close();
			this.#retryTimer = setTimeout(() => this.#open(), millis);
		}
	}

	/** Opens a new source instead of letting the browser reconnect, which would use the URL with the old position. */
	#retryLater(source) {
		if (source !== this.#source) {
			return;
		}
		source.close();
		this.#onMessage({ kind: 'state', state: 'lost' });
		const delay = Math.min(MAX_RETRY_DELAY_MS, 1000 * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
		this.#retryTimer = setTimeout(() => this.#open(), delay);
		if (this.#failures === 2) {
			// The session may have ended. The response to this request then signs the page out.
			get('/session').catch(() => {});
		}
	}

}
