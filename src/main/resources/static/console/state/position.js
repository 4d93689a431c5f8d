/** The number in a place in an account's log, which is written `<epoch>-<seq>`. */
export function seq(position) {
	return BigInt(position.slice(position.indexOf('-') + 1));
}

export function isSameLog(one, other) {
	return one.slice(0, one.indexOf('-')) === other.slice(0, other.indexOf('-'));
}

/** The earlier of two places in one log. */
export function earlier(one, other) {
	return seq(one) < seq(other) ? one : other;
}
