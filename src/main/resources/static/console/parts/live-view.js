import { feedOf, following } from '../state/feeds.js';
import { View } from './view.js';

const GATHERS = 120;

const PAUSES = 600;

const SHOWS = 2600;

/**
 * A part of a page that shows something of an account and reads it again when the feed says that it
 * has changed. A burst of events is one reading. It has a `read` that answers what `data` becomes.
 */
export class LiveView extends View {

	static properties = { account: {}, data: { state: true }, problem: { state: true }, fresh: { state: true } };

	#timer = null;

	#reading = null;

	#again = false;

	constructor() {
		super();
		this.data = null;
		this.problem = null;
		this.fresh = new Set();
	}

	connectedCallback() {
		super.connectedCallback();
		const feed = feedOf(this.account);
		this.listen(feed, 'event', ({ detail }) => this.concerns(detail) && this.#soon(GATHERS));
		this.listen(feed, 'reset', () => this.#soon(GATHERS));
		this.while(() => {
			clearTimeout(this.#timer);
			this.#reading?.abort();
		});
		this.refresh();
	}

	/** Whether an event changes what is shown here. */
	concerns() {
		return true;
	}

	/** The parts of the data that can change by themselves, by their ids. */
	rowsOf() {
		return new Map();
	}

	/** Reads again now; a reading that is under way is of no more use. */
	async refresh({ quietly = false } = {}) {
		clearTimeout(this.#timer);
		this.#timer = null;
		this.#reading?.abort();
		const reading = this.#reading = new AbortController();
		try {
			await following(this.account);
			const data = await this.read(reading.signal);
			if (reading === this.#reading) {
				this.#arrived(data, quietly);
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
				if (this.#again) {
					this.#again = false;
					this.#soon(PAUSES);
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

	#soon(wait) {
		if (this.#reading) {
			this.#again = true;
		}
		else {
			this.#timer ??= setTimeout(() => this.refresh({ quietly: true }), wait);
		}
	}

	#arrived(data, quietly) {
		if (quietly && this.data) {
			this.#highlight(this.rowsOf(this.data), this.rowsOf(data));
		}
		this.data = data;
		this.problem = null;
	}

	#highlight(before, after) {
		const changed = [...after].filter(([id, row]) => JSON.stringify(before.get(id)) !== JSON.stringify(row));
		if (changed.length > 0) {
			this.fresh = new Set(changed.map(([id]) => id));
			setTimeout(() => {
				this.fresh = new Set();
			}, SHOWS);
		}
	}

}
