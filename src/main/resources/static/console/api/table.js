import { findAddresses } from './address-list.js';
import { request } from './client.js';
import { readNdjson } from './ndjson.js';
import { Problem } from './problem.js';

/** A browser sends a whole request before it reads the response, so the response must not be too long. */
const LINES_PER_REQUEST = 1000;

/** A cell in quotation marks can contain so many line breaks. */
const MAX_LINES_OF_ROW = 100;

const SEPARATOR_LINE = /^\uFEFF?"?sep=/i;

/**
 * Reads a table of invitations with a dry run of the service, or the addresses of a text whose first line does
 * not name columns.
 *
 * The result has the `rows` to send (without `permissions` if the table has none for them), the rows that the
 * service would refuse (`refused`, each with its line and reason), the names of the `ignoredColumns`, and
 * `isAddressesOnly` if the text contains more than the addresses, which is not used.
 * @throws {Problem} if the service cannot be asked
 */
export async function readTable(account, text) {
	if (!hasHeader(text)) {
		return addressesOnly(text);
	}
	try {
		return await checkTable(account, text);
	}
	catch (problem) {
		if (problem.status !== 400) {
			throw problem;
		}
		return { ...addressesOnly(text), problem };
	}
}

/** The names of columns contain no address. */
function hasHeader(text) {
	const first = text.split(/[\r\n]+/).find((line) => line.trim() && !SEPARATOR_LINE.test(line)) ?? '';
	return !first.includes('@');
}

function addressesOnly(text) {
	const addresses = findAddresses(text);
	const words = text.split(/[\s,;<>"']+/).filter(Boolean);
	return {
		rows: addresses.map((email) => ({ email })), refused: [], ignoredColumns: [],
		isAddressesOnly: words.some((word) => !word.includes('@')),
	};
}

async function checkTable(account, text) {
	const table = { rows: [], refused: [], ignoredColumns: [], isAddressesOnly: false };
	for (const part of parts(text)) {
		const response = await request('POST', `${account.path}/invitations?dry-run=true`, {
			body: part.text, accept: 'application/x-ndjson', headers: { 'Content-Type': 'text/csv;charset=utf-8' },
		});
		for await (const result of readNdjson(response)) {
			add(table, result, part.offset);
		}
	}
	return table;
}

function add(table, { line, status, invitation, columns, problem }, offset) {
	if (status === 'interrupted') {
		throw Problem.ofBody(problem);
	}
	if (status === 'columns-ignored') {
		table.ignoredColumns = columns;
	}
	else if (status !== 'refused') {
		table.rows.push(invitation);
	}
	else if (problem.code === 'empty-permissions') {
		table.rows.push({ ...invitation, permissions: undefined });
	}
	else {
		table.refused.push({ line: line + offset, email: invitation?.email, reason: problem.detail });
	}
}

/** Splits a table into tables of some rows, each with the header. `offset` is how many lines of rows are missing before them. */
function* parts(text) {
	const lines = text.split(/\r\n|\r|\n/);
	const header = lines.findIndex((line) => line.trim() && !SEPARATOR_LINE.test(line));
	const first = endOfRow(lines, Math.max(header, 0));
	for (let from = first, to; from === first || from < lines.length; from = to) {
		for (to = from; to < lines.length && to - from < LINES_PER_REQUEST;) {
			to = endOfRow(lines, to);
		}
		const rows = lines.slice(from, to);
		if (from === first || rows.some((row) => /[^\s,;"]/.test(row))) {
			yield { text: [...lines.slice(0, first), ...rows].join('\n'), offset: from - first };
		}
		if (to === from) {
			return;
		}
	}
}

/** The index after the row that begins at a line. */
function endOfRow(lines, start) {
	let quotes = 0;
	for (let index = start; index < Math.min(lines.length, start + MAX_LINES_OF_ROW); index++) {
		quotes += lines[index].split('"').length - 1;
		if (quotes % 2 === 0) {
			return index + 1;
		}
	}
	return start + 1;
}
