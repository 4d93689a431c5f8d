import { get } from '../api/client.js';

/** What an account's log can tell of. */
export const EVENT_TYPES = ['account.created', 'account.validity-changed', 'invitation.created', 'invitation.sent',
	'invitation.delivery-failed', 'invitation.resent', 'invitation.reminded', 'invitation.permissions-changed', 'invitation.accepted', 'invitation.declined',
	'invitation.revoked', 'invitation.expired', 'member.permissions-changed', 'member.removed', 'member.left',
	'ownership.offered', 'ownership.withdrawn', 'ownership.declined', 'ownership.transferred'];

const LONGEST_WAIT = 20_000;

const TICK = 15_000;

/** A clock that is later than this has been asleep, and a stream does not outlive that. */
const ASLEEP = 120_000;

/**
 * An `EventSource` that never gives up: the browser's own does so at every answer that is no stream,
 * such as that of a proxy while the service restarts.
 */
export class EventStream {

	#address;

	#tell;

	#source = null;

	#timer = null;

	#clock;

	#ticked = Date.now();

	#failures = 0;

	constructor(address, tell) {
		this.#address = address;
		this.#tell = tell;
		addEventListener('online', this.hurry);
		addEventListener('offline', this.#offline);
		this.#clock = setInterval(() => this.#tick(), TICK);
		this.#open();
	}

	close() {
		removeEventListener('online', this.hurry);
		removeEventListener('offline', this.#offline);
		clearInterval(this.#clock);
		clearTimeout(this.#timer);
		this.#source?.close();
		this.#source = null;
	}

	hurry = () => {
		if (this.#source?.readyState !== EventSource.OPEN) {
			this.#open();
		}
	};

	#offline = () => {
		this.#source?.close();
		this.#tell({ kind: 'state', state: 'lost' });
	};

	#tick() {
		if (Date.now() - this.#ticked > ASLEEP) {
			this.#open();
		}
		this.#ticked = Date.now();
	}

	#open() {
		clearTimeout(this.#timer);
		this.#source?.close();
		const source = new EventSource(this.#address());
		this.#source = source;
		source.onopen = () => {
			this.#failures = 0;
			this.#tell({ kind: 'state', state: 'live' });
		};
		source.onerror = () => this.#failed(source);
		source.addEventListener('reconnect', ({ data }) => this.#sentElsewhere(source, JSON.parse(data).wait));
		for (const type of [...EVENT_TYPES, 'reset']) {
			source.addEventListener(type, ({ lastEventId, data }) =>
				this.#tell({ kind: 'event', id: lastEventId, type, data }));
		}
	}

	/** The replica goes away and says when to come back. Nothing is lost by that, so nothing is shown. */
	#sentElsewhere(source, wait) {
		if (source === this.#source) {
			source.close();
			this.#timer = setTimeout(() => this.#open(), wait);
		}
	}

	/** Opens a new one instead of waiting for the browser's, which knows only its own place. */
	#failed(source) {
		if (source !== this.#source) {
			return;
		}
		source.close();
		this.#tell({ kind: 'state', state: 'lost' });
		const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
		this.#timer = setTimeout(() => this.#open(), wait);
		if (this.#failures === 2) {
			// The session may be what has ended; asking tells the page.
			get('/session').catch(() => {});
		}
	}

}
