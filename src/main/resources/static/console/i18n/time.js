import { locale, t } from './index.js';

/** Each unit with its upper limit and its length, in seconds. */
const UNITS = [
	['second', 60, 1],
	['minute', 60 * 60, 60],
	['hour', 24 * 60 * 60, 60 * 60],
	['day', 30 * 24 * 60 * 60, 24 * 60 * 60],
];

/** A time relative to now, such as "in 3 days". Beyond a month it is the date. */
export function relative(iso, now = Date.now()) {
	const seconds = Math.round((Date.parse(iso) - now) / 1000);
	if (Math.abs(seconds) < 10) {
		return t('time.now');
	}
	const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
	for (const [unit, limit, size] of UNITS) {
		const count = Math.round(seconds / size);
		if (Math.abs(count) * size < limit) {
			return format.format(count, unit);
		}
	}
	return day(iso);
}

/** The full date and time in the browser's time zone. */
export function exact(iso) {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'long' }).format(new Date(iso));
}

/** A short date and time, to be used in a sentence. */
export function short(iso) {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

export function day(iso) {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(iso));
}

/** A duration such as "45 seconds". */
export function duration(seconds) {
	const [unit, count] = seconds < 90 ? ['second', seconds]
		: seconds < 90 * 60 ? ['minute', Math.ceil(seconds / 60)] : ['hour', Math.ceil(seconds / 3600)];
	return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
