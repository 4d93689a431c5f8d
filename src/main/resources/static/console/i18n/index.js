import de from './de.js';
import en from './en.js';
import { remember } from '../state/preferences.js';

const DICTIONARIES = { en, de };

const listeners = new Set();

let language = document.documentElement.lang === 'de' ? 'de' : 'en';

export const languages = Object.keys(DICTIONARIES);

export function currentLanguage() {
	return language;
}

export function chooseLanguage(name) {
	language = DICTIONARIES[name] ? name : 'en';
	remember('language', language);
	document.documentElement.lang = language;
	listeners.forEach((listener) => listener());
}

/** Calls back after each change of language; returns how to stop that. */
export function onLanguage(listener) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** The language with the region that the browser prefers: it decides how dates and numbers look. */
export function locale() {
	return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

/** A text in the person's language, with `{name}` filled in. */
export function t(key, values = {}) {
	const text = DICTIONARIES[language][key] ?? en[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text that goes by a number: `key.one` or `key.other`, with `{count}`. */
export function plural(key, count, values = {}) {
	const form = new Intl.PluralRules(language).select(count);
	return t(`${key}.${form}`, { count: new Intl.NumberFormat(locale()).format(count), ...values });
}

/** A text that may not be in the dictionary, such as one for a status that is newer than this page. */
export function known(key, fallback) {
	return DICTIONARIES[language][key] ?? fallback;
}
