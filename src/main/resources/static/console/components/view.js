import { LitElement } from 'lit';
import { onLanguageChange } from '../i18n/index.js';

/**
 * The base of all pages and components. It renders into the page itself instead of a shadow tree, so that
 * labels, styles and landmarks work across elements, and it renders again when the language changes.
 */
export class View extends LitElement {

	#cleanups = [];

	createRenderRoot() {
		return this;
	}

	connectedCallback() {
		super.connectedCallback();
		this.onDisconnect(onLanguageChange(() => this.languageChanged()));
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#cleanups.splice(0).forEach((cleanup) => cleanup());
	}

	languageChanged() {
		this.requestUpdate();
	}

	/** Runs a function when this element is removed from the page. */
	onDisconnect(cleanup) {
		this.#cleanups.push(cleanup);
	}

	/** Listens to an event until this element is removed from the page. */
	listen(target, type, listener) {
		target.addEventListener(type, listener);
		this.onDisconnect(() => target.removeEventListener(type, listener));
	}

}

let lastId = 0;

/** A unique element id, for labels and descriptions to refer to. */
export function uniqueId(name) {
	return `${name}-${++lastId}`;
}
