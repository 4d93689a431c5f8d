/**
 * Finds e-mail addresses in a text that somebody pasted, typed or dropped.
 *
 * White space separates words. A word with an `@` is an address and what surrounds it: it is taken apart only
 * where it is certain that a character does not belong to the address, because an invitation to a part of an
 * address would reach somebody else. A word that is not understood stays whole, and the service refuses it.
 *
 * Many characters are legal before the `@`, also `'` and `|`. After the `@` they are not, so there they end the
 * address:
 * - `tom|jane@example.org` is one address; `tom@example.org|jane@example.org` are two.
 * - `'jane@example.org` is one address that begins with an apostrophe; the quotes in `'jane@example.org'` are
 *   not part of the address.
 * - `tom,jane@example.org` is not understood: the comma may be a typing error.
 */

/** Opening characters that no address begins with. U+202E is kept: it shows what follows backwards. */
const OPENING = /^(?:[<([",;«»‹›“”„‟‘’‚‛]|(?!\u202E)\p{Cf})+/u;

/** An address, what closes after it, and the separator before the rest of the word. */
const ADDRESS = /^([^@]+)@([\p{L}\p{N}\p{M}.-]+)((?:[>)\]}"'`*_~.:!?…。«»‹›“”„‟‘’(]|(?!\u202E)\p{Cf})*)(?:\||[,;，；、]+|$)/u;

/** Characters that an address can begin with, and what closes them if they only enclose it. */
const ENCLOSING = new Map([["'", "'"], ['`', '`'], ['*', '*'], ['_', '_'], ['~', '~'], ['{', '}']]);

/** The addresses in a text, in order and without duplicates, and the words with an `@` that are not understood. */
export function findAddresses(text) {
	const words = text
		.replace(/<([^<>]*)>/g, ' <$1> ')
		.replace(/(^|[^\p{L}\p{N}])(?=mailto:)/giu, '$1 ')
		.split(/\s+/);
	return [...new Set(words.flatMap((word) => (word.includes('@') ? addressesOfWord(word) : [])))];
}

/**
 * The address without what surrounds it, if the text is a single word, or a name with an address in angle
 * brackets. Other texts are returned as they are.
 */
export function cleanAddress(text) {
	const trimmed = text.trim();
	const found = findAddresses(trimmed);
	const isOneAddress = !/\s/.test(trimmed) || /^[^<>@]*<[^<>]+>[,;.]*$/.test(trimmed);
	return found.length === 1 && isOneAddress ? found[0] : trimmed;
}

function addressesOfWord(word) {
	const addresses = /^mailto:/i.test(word) ? addressesOfLink(word) : addressesOfList(withoutPipesAround(word));
	return addresses ?? [word];
}

/** The recipients of a `mailto` link (RFC 6068), without its subject and text. */
function addressesOfLink(link) {
	try {
		return addressesOfList(decodeURIComponent(link.slice('mailto:'.length).replace(/\?.*$/s, '')));
	}
	catch {
		return null;
	}
}

/** A row of a table has a pipe at both ends; a pipe at the beginning alone can be part of the address. */
function withoutPipesAround(word) {
	return /^\|.*\|$/s.test(word) ? word.slice(1, -1) : word;
}

/** The addresses in a list without white space; null if a part with an `@` is not understood. */
function addressesOfList(list) {
	const addresses = [];
	let rest = list;
	while (rest.includes('@')) {
		rest = rest.replace(OPENING, '');
		const match = ADDRESS.exec(rest);
		if (!match) {
			return null;
		}
		const [part, local, domain, closing] = match;
		addresses.push(`${withoutEnclosing(local, closing)}@${domain.replace(/\.+$/, '')}`);
		rest = rest.slice(part.length);
	}
	return addresses.length > 0 ? addresses : null;
}

/** Removes characters before an address if the same number of them closes after it, in reverse order. */
function withoutEnclosing(local, closing) {
	const first = [...local].findIndex((character) => !ENCLOSING.has(character));
	const opened = first < 0 ? local.length - 1 : first;
	for (let count = Math.min(opened, closing.length); count > 0; count--) {
		const expected = [...local.slice(0, count)].reverse().map((character) => ENCLOSING.get(character)).join('');
		if (closing.startsWith(expected)) {
			return local.slice(count);
		}
	}
	return local;
}
