import { request } from './client.js';
import { lines } from './lines.js';
import { Problem } from './problem.js';

const ATTEMPTS = 4;

/**
 * Invites many addresses with one request, and hears of each as it is decided. The request has one
 * key for its whole life: after a lost connection it is sent again, and only the rest is done anew.
 */
export class BulkRun {

	constructor(account, rows, key, onResult) {
		this.account = account;
		this.key = key;
		this.onResult = onResult;
		this.total = rows.length;
		this.body = rows.map((row) => JSON.stringify(row)).join('\n') + '\n';
		this.answered = new Set();
	}

	/** Runs to the end; throws a `Problem` if it was refused or the connection stays lost. */
	async run(signal) {
		for (let attempt = 1; ; attempt++) {
			const before = this.answered.size;
			try {
				await this.#send(signal);
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

	async #send(signal) {
		const response = await request('POST', `${this.account.path}/invitations`, {
			body: this.body,
			accept: 'application/x-ndjson',
			headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': this.key },
			signal,
		});
		try {
			for await (const result of lines(response)) {
				this.#heard(result);
			}
		}
		catch (error) {
			throw error instanceof Problem || signal.aborted ? error : Problem.offline();
		}
		if (this.answered.size < this.total) {
			throw Problem.offline();
		}
	}

	/** What ends a stream before its time is a refusal of all the rest. */
	#heard(result) {
		if (result.status === 'interrupted') {
			throw Problem.ofLine(result.problem);
		}
		this.answered.add(result.line);
		this.onResult(result);
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
