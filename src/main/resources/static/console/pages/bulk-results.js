import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { BulkRun } from '../api/bulk.js';
import { commandKey } from '../api/client.js';
import { known, plural, t } from '../i18n/index.js';
import { icons } from '../parts/icons.js';
import { View } from '../parts/view.js';

/** Runs through many invitations and shows what has become of each, while it becomes so. */
class BulkResults extends View {

	static properties = { rows: {}, results: { state: true }, problem: { state: true }, busy: { state: true } };

	#over = new AbortController();

	#run;

	constructor() {
		super();
		this.results = new Map();
	}

	connectedCallback() {
		super.connectedCallback();
		this.while(() => this.#over.abort());
		this.#run = new BulkRun(new Account(this.account), this.rows, commandKey(), (result) => {
			this.results = new Map(this.results).set(result.line, result);
		});
		this.#go();
	}

	firstUpdated() {
		this.querySelector('footer button').focus();
	}

	#go = async () => {
		this.busy = true;
		this.problem = null;
		try {
			await this.#run.run(this.#over.signal);
		}
		catch (problem) {
			this.problem = problem;
		}
		this.busy = false;
		this.dispatchEvent(new CustomEvent('over', { detail: true }));
		await this.updateComplete;
		this.querySelector('footer button:last-of-type')?.focus();
	};

	render() {
		const refused = this.rows.filter((row, index) => this.#isRefused(this.results.get(index + 1)));
		return html`
			<p><progress value=${this.results.size} max=${this.rows.length} aria-label=${t('bulk.progress')}></progress></p>
			<p role="status">${t('bulk.done-of', { done: this.results.size, total: this.rows.length })}
				${this.busy ? nothing : this.#summary()}</p>
			${this.problem ? html`<div class="alert" role="alert">${icons.caution}<span>${this.problem.text ?? t('trouble.text')} ${t('bulk.safe')}</span>
				<button type="button" class="secondary small" @click=${this.#go}>${t('bulk.go-on')}</button></div>` : nothing}
			<ol class="results" tabindex="0" aria-label=${t('bulk.results')}>${this.rows.map((row, index) => this.#result(row, this.results.get(index + 1)))}</ol>
			<footer>
				${!this.busy && refused.length > 0 ? html`<button type="button" class="secondary"
					@click=${() => this.dispatchEvent(new CustomEvent('again', { detail: refused }))}>${t('bulk.mend')}</button>` : nothing}
				${this.busy ? html`<button type="button" class="secondary" @click=${() => this.#over.abort()}>${t('bulk.stop')}</button>`
					: html`<button type="button" @click=${() => this.dispatchEvent(new Event('close'))}>${t('action.close')}</button>`}
			</footer>`;
	}

	#summary() {
		const count = (status) => [...this.results.values()].filter((result) => result.status === status).length;
		return ['created', 'already-pending', 'already-member', 'refused'].filter((status) => count(status) > 0)
			.map((status) => plural(`bulk.sum.${status}`, count(status))).join(', ');
	}

	#isRefused(result) {
		return result?.status === 'refused';
	}

	#result(row, result) {
		const icon = { created: icons.check, refused: icons.caution }[result?.status] ?? (result ? icons.person : icons.clock);
		const text = !result ? t('bulk.waiting') : this.#isRefused(result) ? result.problem.detail
			: known(`bulk.${result.status}`, result.status);
		return html`<li class="result ${result?.status ?? 'waiting'}">${icon}<span class="name" title=${row.email}>${row.email}</span>
			<span class="outcome">${text}</span></li>`;
	}

}

customElements.define('lk-bulk-results', BulkResults);
