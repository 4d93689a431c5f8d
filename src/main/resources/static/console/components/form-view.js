import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View, uniqueId } from './view.js';

/**
 * A form that shows each problem at the field that it is about. A subclass has a method `submit`, which
 * gets the values of all fields once none of them is empty.
 */
export class FormView extends View {

	static properties = { busy: { state: true }, problem: { state: true }, errors: { state: true } };

	#idPrefix = uniqueId('field');

	constructor() {
		super();
		this.busy = false;
		this.problem = null;
		this.errors = {};
	}

	/**
	 * An input with its label, error and hint. The type `email` is a text field with the keyboard for addresses:
	 * browsers would replace an international domain in an e-mail field with its ASCII form.
	 */
	field(name, label, { type = 'text', autocomplete, hint, autofocus = false, maxlength, value } = {}) {
		const id = `${this.#idPrefix}-${name}`;
		const error = this.errors[name];
		const descriptions = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
		return html`
			<div class="field">
				<label for=${id}>${label}</label>
				<input id=${id} name=${name} type=${type === 'email' ? 'text' : type} inputmode=${type === 'email' ? type : nothing} autocomplete=${ifDefined(autocomplete)} maxlength=${ifDefined(maxlength)}
					value=${ifDefined(value)} required ?autofocus=${autofocus} aria-invalid=${error ? 'true' : nothing}
					aria-describedby=${descriptions || nothing} autocapitalize=${type === 'text' ? nothing : 'none'}
					spellcheck="false" @input=${() => this.#clearError(name)}>
				${error ? html`<p class="field-error" id="${id}-error">${icons.warning}${error}</p>` : nothing}
				${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
			</div>`;
	}

	/** The problem that is not about a single field. */
	alert() {
		return html`<div role="alert">${this.problem
			? html`<p class="alert">${icons.warning}<span>${this.problem.text}</span></p>` : nothing}</div>`;
	}

	submitButton(label) {
		return html`<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${label}</button>`;
	}

	/** Handles the form's `submit` event. Only empty fields are checked here; the service validates the values. */
	onSubmit = async (event) => {
		event.preventDefault();
		const values = Object.fromEntries(new FormData(event.target));
		this.problem = null;
		this.errors = this.#emptyFieldErrors(values);
		if (Object.keys(this.errors).length === 0) {
			await this.#submitValues(values);
		}
		await this.updateComplete;
		this.querySelector('[aria-invalid=true]')?.focus();
	};

	#emptyFieldErrors(values) {
		const empty = Object.entries(values).filter(([name, value]) => name !== 'reason' && String(value).trim() === '');
		return Object.fromEntries(empty.map(([name]) => [name, t(`required.${name}`)]));
	}

	async #submitValues(values) {
		this.busy = true;
		try {
			await this.submit(values);
		}
		catch (problem) {
			this.showProblem(problem, Object.keys(values));
		}
		finally {
			this.busy = false;
		}
	}

	/** Shows a problem at its field if the form has that field, otherwise above the form. */
	showProblem(problem, fields) {
		if (problem.field && fields.includes(problem.field)) {
			this.errors = { [problem.field]: problem.text };
		}
		else if (problem.text) {
			this.problem = problem;
		}
		else {
			throw problem;
		}
	}

	#clearError(name) {
		if (this.errors[name]) {
			this.errors = Object.fromEntries(Object.entries(this.errors).filter(([each]) => each !== name));
		}
	}

}
