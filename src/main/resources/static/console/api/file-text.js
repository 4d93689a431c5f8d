/**
 * Reads the text of a file. A file does not say in which charset it is: UTF-16 has a byte order mark, and what
 * is not UTF-8 is taken for windows-1252, which older spreadsheet programs write.
 */
export async function readText(file) {
	const bytes = new Uint8Array(await file.arrayBuffer());
	return new TextDecoder(charsetOf(bytes)).decode(bytes);
}

function charsetOf(bytes) {
	if (bytes[0] === 0xFF && bytes[1] === 0xFE) {
		return 'utf-16le';
	}
	if (bytes[0] === 0xFE && bytes[1] === 0xFF) {
		return 'utf-16be';
	}
	return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes) {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	}
	catch {
		return false;
	}
}
