import { LitElement } from 'lit';
import { onLanguage } from '../i18n/index.js';

/**
 * What pages and parts are made of: an element that renders into the page itself, so that labels,
 * styles and landmarks reach across, and that follows the person's language.
 */
export class View extends LitElement {

	#stops = [];

	createRenderRoot() {
		return this;
	}

	connectedCallback() {
		super.connectedCallback();
		this.while(onLanguage(() => this.languageChanged()));
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#stops.splice(0).forEach((stop) => stop());
	}

	languageChanged() {
		this.requestUpdate();
	}

	/** Keeps something up as long as this is on the page. */
	while(stop) {
		this.#stops.push(stop);
	}

	/** Listens as long as this is on the page. */
	listen(target, type, listener) {
		target.addEventListener(type, listener);
		this.while(() => target.removeEventListener(type, listener));
	}

}

let lastId = 0;

/** An id for a label or a description to point at. */
export function freshId(name) {
	return `${name}-${++lastId}`;
}
