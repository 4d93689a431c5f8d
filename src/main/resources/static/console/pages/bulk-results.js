import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { BulkRun } from '../api/bulk.js';
import { newIdempotencyKey } from '../api/client.js';
import { tWithFallback, plural, t } from '../i18n/index.js';
import { icons } from '../components/icons.js';
import { View } from '../components/view.js';

/** Sends many invitations and shows the result of each as it arrives. */
class BulkResults extends View {

	static properties = { rows: {}, results: { state: true }, problem: { state: true }, busy: { state: true } };

	#cancellation = new AbortController();

	#run;

	constructor() {
		super();
		this.results = new Map();
	}

	connectedCallback() {
		super.connectedCallback();
		this.onDisconnect(() => this.#cancellation.abort());
		this.#run = new BulkRun(new Account(this.account), this.rows, newIdempotencyKey(), (result) => {
			this.results = new Map(this.results).set(result.line, result);
		});
		this.#send();
	}

	firstUpdated() {
		this.querySelector('footer button').focus();
	}

	#send = async () => {
		this.busy = true;
		this.problem = null;
		try {
			await this.#run.run(this.#cancellation.signal);
		}
		catch (problem) {
			this.problem = problem;
		}
		this.busy = false;
		this.dispatchEvent(new Event('finished'));
		await this.updateComplete;
		this.querySelector('footer button:last-of-type')?.focus();
	};

	render() {
		const rejected = this.rows.map((row, index) => ({ index, result: this.results.get(index + 1) }))
			.filter(({ result }) => this.#isRejected(result))
			.map(({ index, result }) => ({ index, reason: result.problem.detail }));
		return html`
			<p><progress value=${this.results.size} max=${this.rows.length} aria-label=${t('bulk.progress')}></progress></p>
			<p role="status">${t('bulk.progress-text', { done: this.results.size, total: this.rows.length })}
				${this.busy ? nothing : this.#summary()}</p>
			${this.problem ? html`<div class="alert" role="alert">${icons.warning}<span>${this.problem.text ?? t('error.text')} ${t('bulk.continue-hint')}</span>
				<button type="button" class="secondary small" @click=${this.#send}>${t('bulk.continue')}</button></div>` : nothing}
			<ol class="results" tabindex="0" aria-label=${t('bulk.results')}>${this.rows.map((row, index) => this.#result(row, this.results.get(index + 1)))}</ol>
			<footer>
				${!this.busy && rejected.length > 0 ? html`<button type="button" class="secondary"
					@click=${() => this.dispatchEvent(new CustomEvent('correct', { detail: rejected }))}>${t('bulk.correct')}</button>` : nothing}
				${this.busy ? html`<button type="button" class="secondary" @click=${() => this.#cancellation.abort()}>${t('bulk.stop')}</button>`
					: html`<button type="button" @click=${() => this.dispatchEvent(new Event('close'))}>${t('action.close')}</button>`}
			</footer>`;
	}

	#summary() {
		const count = (status) => [...this.results.values()].filter((result) => result.status === status).length;
		return ['created', 'already-pending', 'already-member', 'refused'].filter((status) => count(status) > 0)
			.map((status) => plural(`bulk.summary.${status}`, count(status))).join(', ');
	}

	#isRejected(result) {
		return result?.status === 'refused';
	}

	#result(row, result) {
		const icon = { created: icons.check, refused: icons.warning }[result?.status] ?? (result ? icons.person : icons.clock);
		const text = !result ? t('bulk.waiting') : this.#isRejected(result) ? result.problem.detail
			: tWithFallback(`bulk.${result.status}`, result.status);
		return html`<li class="result ${result?.status ?? 'waiting'}">${icon}<span class="name" title=${row.email}>${row.email}</span>
			<span class="outcome">${text}</span></li>`;
	}

}

customElements.define('lk-bulk-results', BulkResults);
