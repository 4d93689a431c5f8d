import { request } from './client.js';

/** Without this mark, spreadsheet programs do not read a file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Downloads a list of the API as a CSV file. */
export async function downloadCsv(path, name) {
	const response = await request('GET', path, { accept: 'text/csv' });
	save(new Blob([BYTE_ORDER_MARK, await response.blob()], { type: 'text/csv;charset=utf-8' }), name);
}

function save(blob, name) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
