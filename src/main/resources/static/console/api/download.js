import { request } from './client.js';

/** Hands a list of the API to the person as a CSV file. */
export async function downloadList(path, name) {
	const response = await request('GET', path, { accept: 'text/csv' });
	save(await response.blob(), name);
}

/** Hands over rows of texts as a CSV file (RFC 4180). */
export function downloadRows(rows, name) {
	const text = rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
	save(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), name);
}

/** A spreadsheet takes what begins like this for a formula (OWASP, CSV injection). */
function cell(value) {
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return `"${text.replaceAll('"', '""')}"`;
}

function save(blob, name) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
