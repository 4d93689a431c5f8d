import { request } from './client.js';

/** Hands a list of the API to the person as a CSV file. */
export async function downloadList(path, name) {
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
