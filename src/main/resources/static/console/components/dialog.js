import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View, uniqueId } from './view.js';

/** A modal dialog. The browser keeps the focus inside and restores it when the dialog closes. */
export class Dialog extends View {

	#headingId = uniqueId('dialog');

	#resolve;

	/** Opens the dialog. The promise resolves to the value passed to `close`, or undefined if the user cancels. */
	show() {
		document.body.append(this);
		return new Promise((resolve) => {
			this.#resolve = resolve;
		});
	}

	/** Whether the user can close the dialog now. */
	get canClose() {
		return true;
	}

	close(result) {
		this.querySelector('dialog')?.close();
		this.remove();
		this.#resolve?.(result);
	}

	firstUpdated() {
		this.querySelector('dialog').showModal();
		// The content may be a custom element, which renders after this one.
		requestAnimationFrame(() => this.querySelector('[autofocus]')?.focus());
	}

	/** Renders the frame with a title around the content of the dialog. */
	frame(title, content, { wide = false } = {}) {
		return html`
			<dialog class=${wide ? 'wide' : ''} aria-labelledby=${this.#headingId} @cancel=${this.#onCancel}>
				<article>
					<header>
						<h2 id=${this.#headingId}>${title}</h2>
						<button type="button" class="icon-button" aria-label=${t('action.close')} title=${t('action.close')}
							@click=${() => this.canClose && this.close()}>${icons.close}</button>
					</header>
					${content}
				</article>
			</dialog>`;
	}

	#onCancel(event) {
		event.preventDefault();
		if (this.canClose) {
			this.close();
		}
	}

}

/** Closes all open dialogs, because the page below them is about to change. */
export function closeDialogs() {
	document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.parentElement.close?.());
}

/** Asks for confirmation and then runs an action. The dialog stays open and shows the problem if the action fails. */
class Confirmation extends Dialog {

	static properties = { busy: { state: true }, problem: { state: true } };

	render() {
		return this.frame(this.question, html`
			<p>${this.explanation}</p>
			${this.problem ? html`<p class="alert" role="alert">${icons.warning}${this.problem.text}</p>` : nothing}
			<footer>
				<button type="button" class="secondary" autofocus @click=${() => this.close()}>${t('action.cancel')}</button>
				<button type="button" class="danger" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}
					@click=${this.#confirm}>${this.label ?? t('action.confirm')}</button>
			</footer>`);
	}

	async #confirm() {
		this.busy = true;
		try {
			await this.action();
			this.close(true);
		}
		catch (problem) {
			this.problem = problem;
			this.busy = false;
		}
	}

}

customElements.define('lk-confirmation', Confirmation);

/** Asks for confirmation and runs the action. Resolves to true if the action has succeeded. */
export function confirm({ question, explanation, label, action }) {
	return Object.assign(document.createElement('lk-confirmation'), { question, explanation, label, action }).show();
}
