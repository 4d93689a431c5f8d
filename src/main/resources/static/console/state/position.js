/** The sequence number of a position in an account's log, which is written `<epoch>-<seq>`. */
export function seq(position) {
	return BigInt(position.slice(position.indexOf('-') + 1));
}

/** Whether two positions have the same epoch. */
export function isSameLog(one, other) {
	return one.slice(0, one.indexOf('-')) === other.slice(0, other.indexOf('-'));
}
