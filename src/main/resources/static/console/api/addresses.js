import { findAddresses } from './address-list.js';

/**
 * Reads a CSV file. If its header contains `email`, the columns `permissions` (keys separated by spaces),
 * `locale` and `expiresInDays` are read too. Without such a header, every address in the file is used.
 */
export function parseCsvRows(text) {
	const table = parseCells(text.replace(/^\uFEFF/, ''));
	const header = (table[0] ?? []).map((name) => name.trim().toLowerCase());
	const email = header.indexOf('email');
	if (email < 0) {
		return findAddresses(text).map((address) => ({ email: address }));
	}
	return table.slice(1).filter((row) => (row[email] ?? '').trim()).map((row) => ({
		email: row[email].trim(),
		permissions: splitWords(row[header.indexOf('permissions')]),
		locale: splitWords(row[header.indexOf('locale')])?.[0],
		expiresInDays: parseNumber(splitWords(row[header.indexOf('expiresindays')])?.[0]),
	}));
}

function splitWords(text) {
	const words = (text ?? '').split(/[\s;|]+/).filter(Boolean);
	return words.length > 0 ? words : undefined;
}

/** A text that is not a number is returned as it is: the service then rejects it. */
function parseNumber(text) {
	return /^\d+$/.test(text ?? '') ? Number(text) : text;
}

function parseCells(text) {
	const separator = /^[^\n"]*;/.test(text) && !/^[^\n"]*,/.test(text) ? ';' : ',';
	const rows = [[]];
	const pattern = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, 'g');
	for (const [, cell, end] of text.matchAll(pattern)) {
		rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
		if (end === '') {
			break;
		}
		if (end !== separator) {
			rows.push([]);
		}
	}
	return rows.filter((row) => row.some((cell) => cell.trim()));
}
