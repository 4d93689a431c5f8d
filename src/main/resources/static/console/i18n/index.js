import de from './de.js';
import en from './en.js';
import { setPreference } from '../state/preferences.js';

const DICTIONARIES = { en, de };

const listeners = new Set();

let language = document.documentElement.lang === 'de' ? 'de' : 'en';

export const languages = Object.keys(DICTIONARIES);

export function currentLanguage() {
	return language;
}

export function setLanguage(name) {
	language = DICTIONARIES[name] ? name : 'en';
	setPreference('language', language);
	document.documentElement.lang = language;
	listeners.forEach((listener) => listener());
}

/** Registers a listener for language changes and returns a function that removes it. */
export function onLanguageChange(listener) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** The page's language with the region that the browser prefers, to format dates and numbers. */
export function locale() {
	return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

/** A text in the page's language. Each `{name}` in it is replaced by a value. */
export function t(key, values = {}) {
	const text = DICTIONARIES[language][key] ?? en[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text that depends on a number: `key.one` or `key.other`. Its `{count}` is replaced by the number. */
export function plural(key, count, values = {}) {
	const form = new Intl.PluralRules(language).select(count);
	return t(`${key}.${form}`, { count: new Intl.NumberFormat(locale()).format(count), ...values });
}

/** A text that may be missing, for example for a status that a newer version of the service has added. */
export function tWithFallback(key, fallback) {
	return DICTIONARIES[language][key] ?? fallback;
}
