/** Reads newline-delimited JSON while it arrives: yields one value for each line. */
export async function* lines(response) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (;;) {
		const { value, done } = await reader.read();
		if (done) {
			break;
		}
		const parts = (rest + value).split('\n');
		rest = parts.pop();
		yield* parts.filter((line) => line.trim()).map((line) => JSON.parse(line));
	}
	if (rest.trim()) {
		yield JSON.parse(rest);
	}
}
