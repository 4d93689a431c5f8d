import { request } from './client.js';
import { readNdjson } from './ndjson.js';
import { Problem } from './problem.js';

const MAX_ATTEMPTS = 4;

/**
 * Browsers send a whole request before they read the response. The results of one request must therefore
 * fit into the buffers on the way back.
 */
const ROWS_PER_REQUEST = 2000;

/**
 * Invites many addresses in several requests and reports each result as it arrives. Each request keeps
 * its idempotency key: after a lost connection it is sent again, and only the missing rows are executed.
 */
export class BulkRun {

	constructor(account, rows, key, onResult) {
		this.account = account;
		this.rows = rows;
		this.key = key;
		this.onResult = onResult;
		this.finishedLines = new Set();
	}

	/**
	 * Sends all rows.
	 * @throws {Problem} if the service rejected a request or all attempts failed
	 */
	async run(signal) {
		for (let first = 0; first < this.rows.length; first += ROWS_PER_REQUEST) {
			await this.#sendWithRetries(first, signal);
		}
	}

	/** An attempt that delivered at least one result does not count. */
	async #sendWithRetries(first, signal) {
		for (let attempt = 1; ; attempt++) {
			const before = this.finishedLines.size;
			try {
				await this.#send(first, signal);
				return;
			}
			catch (problem) {
				attempt = this.finishedLines.size > before ? 0 : attempt;
				if (signal.aborted || !isTemporary(problem) || attempt >= MAX_ATTEMPTS) {
					throw problem;
				}
				await pause(1000 * (problem.retryAfter ?? 2 ** attempt), signal);
			}
		}
	}

	async #send(first, signal) {
		const rows = this.rows.slice(first, first + ROWS_PER_REQUEST);
		const response = await request('POST', `${this.account.path}/invitations`, {
			body: rows.map((row) => JSON.stringify(row)).join('\n') + '\n',
			accept: 'application/x-ndjson',
			headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': `${this.key}-${first}` },
			signal,
		});
		try {
			for await (const result of readNdjson(response)) {
				this.#report(result, first);
			}
		}
		catch (error) {
			throw error instanceof Problem || signal.aborted ? error : Problem.offline();
		}
		if (this.finishedLines.size < first + rows.length) {
			throw Problem.offline();
		}
	}

	/** The result `interrupted` ends the response early: the service has not executed the remaining rows. */
	#report(result, first) {
		if (result.status === 'interrupted') {
			throw Problem.ofBody(result.problem);
		}
		const line = first + result.line;
		this.finishedLines.add(line);
		this.onResult({ ...result, line });
	}

}

function isTemporary(problem) {
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
