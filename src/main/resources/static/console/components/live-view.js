import { feedOf, startFeed } from '../state/feeds.js';
import { View } from './view.js';

/** Events that arrive within this time cause one read. */
const DEBOUNCE_MS = 120;

/** The pause before the next read if events arrived during a read. */
const REREAD_DELAY_MS = 600;

const HIGHLIGHT_MS = 2600;

/**
 * A part of a page that shows data of an account and reads it again when the feed reports a change. A
 * subclass has a method `read`, whose result becomes `data`.
 */
export class LiveView extends View {

	static properties = { account: {}, data: { state: true }, problem: { state: true }, changedIds: { state: true } };

	#timer = null;

	#reading = null;

	#readAgain = false;

	constructor() {
		super();
		this.data = null;
		this.problem = null;
		this.changedIds = new Set();
	}

	connectedCallback() {
		super.connectedCallback();
		const feed = feedOf(this.account);
		this.listen(feed, 'event', ({ detail }) => this.isAffectedBy(detail) && this.#scheduleRefresh(DEBOUNCE_MS));
		this.listen(feed, 'reset', () => this.#scheduleRefresh(DEBOUNCE_MS));
		this.onDisconnect(() => {
			clearTimeout(this.#timer);
			this.#reading?.abort();
		});
		this.refresh();
	}

	/** Whether an event changes the data that is shown here. */
	isAffectedBy() {
		return true;
	}

	/** The rows of the data by id. Rows that change are highlighted. */
	rowsById() {
		return new Map();
	}

	/** Reads the data now and cancels a read that is in progress. */
	async refresh({ highlight = false } = {}) {
		clearTimeout(this.#timer);
		this.#timer = null;
		this.#reading?.abort();
		const reading = this.#reading = new AbortController();
		try {
			await startFeed(this.account);
			const data = await this.read(reading.signal);
			if (reading === this.#reading) {
				this.#show(data, highlight);
			}
		}
		catch (problem) {
			if (!reading.signal.aborted) {
				this.problem = problem;
			}
		}
		finally {
			if (reading === this.#reading) {
				this.#reading = null;
				if (this.#readAgain) {
					this.#readAgain = false;
					this.#scheduleRefresh(REREAD_DELAY_MS);
				}
			}
		}
	}

	languageChanged() {
		super.languageChanged();
		if (this.problem) {
			this.refresh();
		}
	}

	#scheduleRefresh(delay) {
		if (this.#reading) {
			this.#readAgain = true;
		}
		else {
			this.#timer ??= setTimeout(() => this.refresh({ highlight: true }), delay);
		}
	}

	#show(data, highlight) {
		if (highlight && this.data) {
			this.#highlight(this.rowsById(this.data), this.rowsById(data));
		}
		this.data = data;
		this.problem = null;
	}

	#highlight(before, after) {
		const changed = [...after].filter(([id, row]) => JSON.stringify(before.get(id)) !== JSON.stringify(row));
		if (changed.length > 0) {
			this.changedIds = new Set(changed.map(([id]) => id));
			setTimeout(() => {
				this.changedIds = new Set();
			}, HIGHLIGHT_MS);
		}
	}

}
