import { request } from './client.js';

/** Downloads a list of the API as a CSV file. */
export async function downloadCsv(path, name) {
	const response = await request('GET', path, { accept: 'text/csv' });
	save(await response.blob(), name);
}

function save(blob, name) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
