/** Reads newline-delimited JSON as it arrives and yields the value of each line. */
export async function* readNdjson(response) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (;;) {
		const { value, done } = await reader.read();
		if (done) {
			break;
		}
		const lines = (rest + value).split('\n');
		rest = lines.pop();
		yield* lines.filter((line) => line.trim()).map((line) => JSON.parse(line));
	}
	if (rest.trim()) {
		yield JSON.parse(rest);
	}
}
