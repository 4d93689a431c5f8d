import { request } from './client.js';
import { lines } from './lines.js';
import { Problem } from './problem.js';

const ATTEMPTS = 4;

/** A browser sends all of a request before it reads the answer: that must fit on its way back. */
const SLICE = 2000;

/**
 * Invites many addresses, slice by slice, and hears of each as it is decided. A slice is a request with
 * one key for its whole life: after a lost connection it is sent again, and only the rest is done anew.
 */
export class BulkRun {

	constructor(account, rows, key, onResult) {
		this.account = account;
		this.rows = rows;
		this.key = key;
		this.onResult = onResult;
		this.answered = new Set();
	}

	/** Runs to the end; throws a `Problem` if it was refused or can't be finished. */
	async run(signal) {
		for (let first = 0; first < this.rows.length; first += SLICE) {
			await this.#finish(first, signal);
		}
	}

	async #finish(first, signal) {
		for (let attempt = 1; ; attempt++) {
			const before = this.answered.size;
			try {
				await this.#send(first, signal);
				return;
			}
			catch (problem) {
				attempt = this.answered.size > before ? 0 : attempt;
				if (signal.aborted || !isPassing(problem) || attempt >= ATTEMPTS) {
					throw problem;
				}
				await pause(1000 * (problem.retryAfter ?? 2 ** attempt), signal);
			}
		}
	}

	async #send(first, signal) {
		const slice = this.rows.slice(first, first + SLICE);
		const response = await request('POST', `${this.account.path}/invitations`, {
			body: slice.map((row) => JSON.stringify(row)).join('\n') + '\n',
			accept: 'application/x-ndjson',
			headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': `${this.key}-${first}` },
			signal,
		});
		try {
			for await (const result of lines(response)) {
				this.#heard(result, first);
			}
		}
		catch (error) {
			throw error instanceof Problem || signal.aborted ? error : Problem.offline();
		}
		if (this.answered.size < first + slice.length) {
			throw Problem.offline();
		}
	}

	/** What ends a stream before its time is a refusal of all the rest. */
	#heard(result, first) {
		if (result.status === 'interrupted') {
			throw Problem.ofLine(result.problem);
		}
		const line = first + result.line;
		this.answered.add(line);
		this.onResult({ ...result, line });
	}

}

function isPassing(problem) {
	return problem instanceof Problem && ['offline', 'unavailable', 'request-in-flight'].includes(problem.code);
}

function pause(millis, signal) {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, millis);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		}, { once: true });
	});
}
