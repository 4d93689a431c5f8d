/** An e-mail address in a text. The excluded characters separate addresses or enclose one after a name. */
const ADDRESS = /[^\s<>,;"']*@[^\s<>,;"']*/g;

/**
 * Finds the addresses in a pasted text, in order and without duplicates. Invalid ones that contain `@`
 * are included: the service reports the problem of each, so that they are not dropped silently.
 */
export function findAddresses(text) {
	return [...new Set(text.match(ADDRESS) ?? [])];
}
