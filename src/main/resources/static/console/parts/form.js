import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { t } from '../i18n/index.js';
import { icons } from './icons.js';
import { View, freshId } from './view.js';

/**
 * A form whose refusals stand beside the field that they are about. A page that extends it has a
 * `submit` with the values and marks what must not be empty.
 */
export class FormView extends View {

	static properties = { busy: { state: true }, problem: { state: true }, errors: { state: true } };

	#ids = freshId('field');

	constructor() {
		super();
		this.busy = false;
		this.problem = null;
		this.errors = {};
	}

	/** A labelled input. */
	field(name, label, { type = 'text', autocomplete, hint, autofocus = false, maxlength, value } = {}) {
		const id = `${this.#ids}-${name}`;
		const error = this.errors[name];
		const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
		return html`
			<div class="field">
				<label for=${id}>${label}</label>
				<input id=${id} name=${name} type=${type} autocomplete=${ifDefined(autocomplete)} maxlength=${ifDefined(maxlength)}
					value=${ifDefined(value)} required ?autofocus=${autofocus} aria-invalid=${error ? 'true' : nothing}
					aria-describedby=${described || nothing} autocapitalize=${type === 'text' ? nothing : 'none'}
					spellcheck="false" @input=${() => this.#mended(name)}>
				${error ? html`<p class="field-error" id="${id}-error">${icons.caution}${error}</p>` : nothing}
				${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
			</div>`;
	}

	/** What is refused and about no field. */
	alert() {
		return html`<div role="alert">${this.problem
			? html`<p class="alert">${icons.caution}<span>${this.problem.text}</span></p>` : nothing}</div>`;
	}

	submitButton(label) {
		return html`<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${label}</button>`;
	}

	/** Handles the form's `submit`: what is empty is said here, the rest by the service. */
	onSubmit = async (event) => {
		event.preventDefault();
		const values = Object.fromEntries(new FormData(event.target));
		this.problem = null;
		this.errors = this.missing(values);
		if (Object.keys(this.errors).length === 0) {
			await this.#run(values);
		}
		await this.updateComplete;
		this.querySelector('[aria-invalid=true]')?.focus();
	};

	missing(values) {
		const empty = Object.entries(values).filter(([name, value]) => name !== 'reason' && String(value).trim() === '');
		return Object.fromEntries(empty.map(([name]) => [name, t(`missing.${name}`)]));
	}

	async #run(values) {
		this.busy = true;
		try {
			await this.submit(values);
		}
		catch (problem) {
			this.refused(problem, Object.keys(values));
		}
		finally {
			this.busy = false;
		}
	}

	/** Shows a refusal where it belongs. */
	refused(problem, fields) {
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

	#mended(name) {
		if (this.errors[name]) {
			this.errors = Object.fromEntries(Object.entries(this.errors).filter(([each]) => each !== name));
		}
	}

}
