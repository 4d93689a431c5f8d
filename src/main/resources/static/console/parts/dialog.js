import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View, freshId } from './view.js';

/** A modal dialog; the browser keeps the focus inside and gives it back. */
export class Dialog extends View {

	#heading = freshId('dialog');

	#resolve;

	/** Puts the dialog on the page; the promise has what it is closed with, undefined if it is given up. */
	show() {
		document.body.append(this);
		return new Promise((resolve) => {
			this.#resolve = resolve;
		});
	}

	/** Whether giving up now would lose nothing. */
	get mayClose() {
		return true;
	}

	close(result) {
		this.querySelector('dialog')?.close();
		this.remove();
		this.#resolve?.(result);
	}

	firstUpdated() {
		this.querySelector('dialog').showModal();
		// What is inside may be an element of its own, which renders after this one.
		requestAnimationFrame(() => this.querySelector('[autofocus]')?.focus());
	}

	/** The frame around what a dialog is about. */
	frame(title, content, { wide = false } = {}) {
		return html`
			<dialog class=${wide ? 'wide' : ''} aria-labelledby=${this.#heading} @cancel=${this.#cancelled}>
				<article>
					<header>
						<h2 id=${this.#heading}>${title}</h2>
						<button type="button" class="icon-button" aria-label=${t('action.close')} title=${t('action.close')}
							@click=${() => this.mayClose && this.close()}>${icons.close}</button>
					</header>
					${content}
				</article>
			</dialog>`;
	}

	#cancelled(event) {
		event.preventDefault();
		if (this.mayClose) {
			this.close();
		}
	}

}

/** Closes what is open when the page behind it goes away. */
export function closeDialogs() {
	document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.parentElement.close?.());
}

/** Asks before something that can't be undone. The deed runs inside, so that its refusal shows there. */
class Confirmation extends Dialog {

	static properties = { busy: { state: true }, problem: { state: true } };

	render() {
		return this.frame(this.question, html`
			<p>${this.explanation}</p>
			${this.problem ? html`<p class="alert" role="alert">${icons.caution}${this.problem.text}</p>` : nothing}
			<footer>
				<button type="button" class="secondary" autofocus @click=${() => this.close()}>${t('action.cancel')}</button>
				<button type="button" class="danger" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}
					@click=${this.#confirm}>${this.label ?? t('action.confirm')}</button>
			</footer>`);
	}

	async #confirm() {
		this.busy = true;
		try {
			await this.deed();
			this.close(true);
		}
		catch (problem) {
			this.problem = problem;
			this.busy = false;
		}
	}

}

customElements.define('lk-confirmation', Confirmation);

/** Asks, does it, and says whether it was done. */
export function confirm({ question, explanation, label, deed }) {
	return Object.assign(document.createElement('lk-confirmation'), { question, explanation, label, deed }).show();
}
