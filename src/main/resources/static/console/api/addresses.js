/** What stands between addresses, or around one beside a name. */
const ADDRESS = /[^\s<>,;"']*@[^\s<>,;"']*/g;

/**
 * The addresses in a text that somebody pasted, each once, in order. Broken ones are among them: the
 * service says what is wrong with each, so that none is lost unseen.
 */
export function addressesIn(text) {
	return [...new Set(text.match(ADDRESS) ?? [])];
}

/**
 * Reads a CSV file. With a header that names `email`, its columns `permissions` (keys with blanks
 * between), `locale` and `expiresInDays` count too; without one, every address in it is taken.
 */
export function rowsOfCsv(text) {
	const table = cells(text.replace(/^\uFEFF/, ''));
	const header = (table[0] ?? []).map((name) => name.trim().toLowerCase());
	const email = header.indexOf('email');
	if (email < 0) {
		return addressesIn(text).map((address) => ({ email: address }));
	}
	return table.slice(1).filter((row) => (row[email] ?? '').trim()).map((row) => ({
		email: row[email].trim(),
		permissions: words(row[header.indexOf('permissions')]),
		locale: words(row[header.indexOf('locale')])?.[0],
		expiresInDays: number(words(row[header.indexOf('expiresindays')])?.[0]),
	}));
}

function words(text) {
	const all = (text ?? '').split(/[\s;|]+/).filter(Boolean);
	return all.length > 0 ? all : undefined;
}

/** What is no number is left to the service to refuse. */
function number(text) {
	return /^\d+$/.test(text ?? '') ? Number(text) : text;
}

function cells(text) {
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
