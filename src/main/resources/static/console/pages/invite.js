import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { addressesIn, rowsOfCsv } from '../api/addresses.js';
import { commandKey } from '../api/client.js';
import { plural, t } from '../i18n/index.js';
import { Dialog } from '../parts/dialog.js';
import { icons } from '../parts/icons.js';
import { localeField } from '../parts/locale.js';
import '../parts/picker.js';
import { toast } from '../parts/toasts.js';
import { session } from '../state/session.js';
import './bulk-results.js';

const DAYS = [1, 3, 7, 14, 30];

/**
 * Invites one address, or many that were pasted or dropped as a CSV file. Nothing is picked
 * beforehand.
 */
class Invite extends Dialog {

	static properties = {
		email: { state: true }, many: { state: true }, file: { state: true }, picked: { state: true }, errors: { state: true },
		locale: { state: true }, days: { state: true }, problem: { state: true }, busy: { state: true }, running: { state: true }, over: { state: true },
	};

	#key = commandKey();

	#anySent = false;

	constructor() {
		super();
		this.email = '';
		this.many = null;
		this.file = null;
		this.picked = [];
		this.locale = '';
		this.errors = {};
	}

	get mayClose() {
		return !this.running || this.over;
	}

	close(result) {
		super.close(result || this.#anySent || Boolean(this.running));
	}

	render() {
		if (this.running) {
			return this.frame(t('bulk.title'), html`<lk-bulk-results .account=${this.account} .rows=${this.running}
				@over=${({ detail }) => { this.over = detail; }} @again=${({ detail }) => this.#again(detail)}
				@close=${() => this.close(true)}></lk-bulk-results>`, { wide: true });
		}
		return this.frame(t('invite.title'), html`
			<form novalidate @submit=${this.#submit} @dragover=${(event) => event.preventDefault()} @drop=${this.#dropped}>
				<div role="alert">${this.problem ? html`<p class="alert">${icons.caution}<span>${this.problem.text}</span></p>` : nothing}</div>
				${this.file ? this.#fileField() : this.many === null ? this.#oneField() : this.#manyField()}
				${this.#needsPicking() ? html`<lk-picker .picked=${this.picked} .error=${this.errors.permissions}
					@pick=${({ detail }) => this.#changed({ picked: detail }, 'permissions')}></lk-picker>` : nothing}
				${localeField('invite-locale', t('invite.locale'), {
					value: this.locale, unset: t('invite.locale.unset', { language: t(`language.${session.localeOf(this.account)}`) }),
					change: (value) => { this.locale = value; },
				})}
				${this.#daysField()}
				<footer>
					<button type="button" class="secondary" @click=${() => this.close()}>${t('action.cancel')}</button>
					<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${this.#sendLabel()}</button>
				</footer>
			</form>`, { wide: true });
	}

	#oneField() {
		const error = this.errors.email;
		return html`
			<div class="field">
				<label for="invite-email">${t('field.email')}</label>
				<input id="invite-email" type="email" name="email" autocomplete="off" autocapitalize="none" spellcheck="false" autofocus
					maxlength="254" .value=${this.email} aria-invalid=${error ? 'true' : nothing} required
					aria-describedby="invite-hint ${error ? 'invite-error' : ''}" @paste=${this.#pasted}
					@input=${({ target }) => this.#changed({ email: target.value }, 'email')}>
				${this.#error(error)}
				<p class="hint" id="invite-hint">${t('invite.hint')}
					<button type="button" class="link" @click=${() => { this.many = this.email; }}>${t('invite.several')}</button></p>
			</div>`;
	}

	#manyField() {
		return html`
			<div class="field">
				<label for="invite-many">${t('invite.addresses')}</label>
				<textarea id="invite-many" name="emails" rows="5" autocapitalize="none" spellcheck="false" autofocus
					aria-invalid=${this.errors.email ? 'true' : nothing} .value=${this.many}
					aria-describedby="invite-hint ${this.errors.email ? 'invite-error' : ''}"
					@input=${({ target }) => this.#changed({ many: target.value }, 'email')}></textarea>
				${this.#error(this.errors.email)}
				<p class="hint" id="invite-hint"><span aria-live="polite">${plural('invite.recognised', addressesIn(this.many).length)}</span>
					${this.#chooser()}
					<button type="button" class="link" @click=${() => { this.many = null; }}>${t('invite.just-one')}</button></p>
			</div>`;
	}

	#fileField() {
		return html`
			<div class="field notice">
				<p><strong>${this.file.name}</strong>: ${plural('invite.recognised', this.file.rows.length)}.
				${this.#needsPicking() ? nothing : t('invite.file-says')}</p>
				${this.#error(this.errors.email)}
				<button type="button" class="link" @click=${() => { this.file = null; }}>${t('invite.no-file')}</button>
			</div>`;
	}

	#daysField() {
		return html`
			<div class="field">
				<label for="invite-days">${t('invite.days')}</label>
				<select id="invite-days" name="days" @change=${({ target }) => { this.days = Number(target.value) || undefined; }}>
					<option value="">${t('invite.days.unset')}</option>
					${DAYS.map((days) => html`<option value=${days} ?selected=${days === this.days}>${plural('invite.days', days)}</option>`)}
				</select>
			</div>`;
	}

	#chooser() {
		return html`<label class="link file">${t('invite.csv')}<input type="file" class="hidden" accept=".csv,text/csv,text/plain"
			@change=${({ target }) => target.files[0] && this.#take(target.files[0])}></label>`;
	}

	#error(text) {
		return text ? html`<p class="field-error" id="invite-error">${icons.caution}<span>${text}
			${this.pending ? html`<button type="button" class="link" @click=${this.#resendInstead}>${t('invite.resend-instead')}</button>` : nothing}
			</span></p>` : nothing;
	}

	#sendLabel() {
		const rows = this.#rows();
		return rows === null ? t('invite.action') : plural('invite.actions', rows.length);
	}

	/** One for each address; null while it is about a single one. */
	#rows() {
		if (this.file) {
			return this.file.rows;
		}
		return this.many === null ? null : addressesIn(this.many).map((email) => ({ email }));
	}

	#needsPicking() {
		return !this.file || this.file.rows.some((row) => !row.permissions);
	}

	#changed(values, field) {
		Object.assign(this, values);
		this.pending = null;
		this.errors = { ...this.errors, [field]: null };
	}

	#pasted = (event) => {
		const text = event.clipboardData.getData('text');
		if (addressesIn(text).length > 1) {
			event.preventDefault();
			this.many = addressesIn([this.email, text].join(' ')).join('\n');
		}
	};

	#dropped = (event) => {
		event.preventDefault();
		const [file] = event.dataTransfer.files;
		if (file) {
			this.#take(file);
		}
		else {
			this.many = addressesIn([this.many ?? '', event.dataTransfer.getData('text')].join(' ')).join('\n');
		}
	};

	async #take(file) {
		this.errors = {};
		this.file = { name: file.name, rows: rowsOfCsv(await file.text()) };
	}

	#submit = async (event) => {
		event.preventDefault();
		this.problem = null;
		const rows = this.#rows();
		this.errors = this.#missing(rows);
		if (!this.errors.email && !this.errors.permissions) {
			await (rows === null ? this.#sendOne() : this.#sendMany(rows));
		}
		await this.updateComplete;
		this.querySelector('[aria-invalid=true]')?.focus();
	};

	#missing(rows) {
		return {
			email: rows === null ? !this.email.trim() && t('missing.email') : rows.length === 0 && t('missing.addresses'),
			permissions: this.#needsPicking() && this.picked.length === 0 && t('missing.permissions'),
		};
	}

	async #sendOne() {
		this.busy = true;
		try {
			const { email } = await new Account(this.account).invite({
				email: this.email.trim(), permissions: this.picked, locale: this.locale || undefined, expiresInDays: this.days,
			}, this.#key);
			toast(t('invite.done', { email }));
			this.close(true);
		}
		catch (problem) {
			this.#refused(problem);
		}
		this.busy = false;
	}

	/** Another content needs another key; without an answer it may be sent again under the same. */
	#refused(problem) {
		if (problem.status) {
			this.#key = commandKey();
		}
		if (['email', 'permissions'].includes(problem.field)) {
			this.errors = { [problem.field]: problem.text };
			this.pending = problem.members.invitationId;
		}
		else {
			this.problem = problem;
		}
	}

	#resendInstead = async () => {
		try {
			await new Account(this.account).resend(this.pending);
			toast(t('resend.done', { email: this.email.trim() }));
			this.close(true);
		}
		catch (problem) {
			this.problem = problem;
		}
	};

	#sendMany(rows) {
		this.over = null;
		this.running = rows.map((row) => ({
			...row, permissions: row.permissions ?? this.picked, locale: row.locale || this.locale || undefined,
			expiresInDays: row.expiresInDays ?? this.days,
		}));
	}

	#again(rows) {
		this.#anySent = true;
		this.running = null;
		this.file = null;
		this.many = rows.map(({ email }) => email).join('\n');
	}

}

customElements.define('lk-invite', Invite);

/** Invites; says whether anything may have changed. */
export function invite(account) {
	return Object.assign(document.createElement('lk-invite'), { account }).show();
}
