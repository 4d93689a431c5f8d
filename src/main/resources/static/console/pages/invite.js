import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { cleanAddress, findAddresses } from '../api/address-list.js';
import { newIdempotencyKey } from '../api/client.js';
import { readText } from '../api/file-text.js';
import { readTable } from '../api/table.js';
import { plural, t } from '../i18n/index.js';
import { Dialog } from '../components/dialog.js';
import { icons } from '../components/icons.js';
import { localeField } from '../components/locale-field.js';
import '../components/picker.js';
import { toast } from '../components/toasts.js';
import { session } from '../state/session.js';
import './bulk-results.js';
import './invite-file.js';

const VALIDITY_DAYS = [1, 3, 7, 14, 30];

/**
 * Invites one address, or many addresses that are pasted or come from a CSV file. No permission is
 * selected in advance.
 */
class Invite extends Dialog {

	static properties = {
		email: { state: true }, addresses: { state: true }, file: { state: true }, selected: { state: true }, errors: { state: true },
		locale: { state: true }, days: { state: true }, problem: { state: true }, busy: { state: true }, sentRows: { state: true }, isFinished: { state: true },
	};

	#idempotencyKey = newIdempotencyKey();

	#hasSent = false;

	constructor() {
		super();
		this.email = '';
		this.addresses = null;
		this.file = null;
		this.selected = [];
		this.locale = '';
		this.errors = {};
	}

	get canClose() {
		return !this.sentRows || this.isFinished;
	}

	close(result) {
		super.close(result || this.#hasSent || Boolean(this.sentRows));
	}

	render() {
		if (this.sentRows) {
			return this.frame(t('bulk.title'), html`<lk-bulk-results .account=${this.account} .rows=${this.sentRows}
				@finished=${() => { this.isFinished = true; }} @correct=${({ detail }) => this.#correct(detail)}
				@close=${() => this.close(true)}></lk-bulk-results>`, { wide: true });
		}
		return this.frame(t('invite.title'), html`
			<form novalidate @submit=${this.#submit} @dragover=${(event) => event.preventDefault()} @drop=${this.#onDrop}>
				<div role="alert">${this.problem ? html`<p class="alert">${icons.warning}<span>${this.problem.text}</span></p>` : nothing}</div>
				${this.file ? this.#fileField() : this.addresses === null ? this.#addressField() : this.#addressesField()}
				${this.#needsPermissions() ? html`<lk-picker .selected=${this.selected} .error=${this.errors.permissions}
					@pick=${({ detail }) => this.#change({ selected: detail }, 'permissions')}></lk-picker>` : nothing}
				${localeField('invite-locale', t('invite.locale'), {
					value: this.locale, unset: t('invite.locale.default', { language: t(`language.${session.localeOf(this.account)}`) }),
					onChange: (value) => { this.locale = value; },
				})}
				${this.#daysField()}
				<footer>
					<button type="button" class="secondary" @click=${() => this.close()}>${t('action.cancel')}</button>
					<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${this.#sendLabel()}</button>
				</footer>
			</form>`, { wide: true });
	}

	#addressField() {
		const error = this.errors.email;
		return html`
			<div class="field">
				<label for="invite-email">${t('field.email')}</label>
				<input id="invite-email" type="text" inputmode="email" name="email" autocomplete="off" autocapitalize="none"
					spellcheck="false" autofocus .value=${this.email} aria-invalid=${error ? 'true' : nothing} required
					aria-describedby="invite-hint ${error ? 'invite-error' : ''}" @paste=${this.#onPaste}
					@input=${({ target }) => this.#change({ email: target.value }, 'email')}>
				${this.#error(error)}
				<p class="hint" id="invite-hint">${t('invite.hint')}
					<button type="button" class="link" @click=${() => { this.addresses = this.email; }}>${t('invite.multiple')}</button></p>
			</div>`;
	}

	#addressesField() {
		return html`
			<div class="field">
				<label for="invite-addresses">${t('invite.addresses')}</label>
				<textarea id="invite-addresses" name="emails" rows="5" autocapitalize="none" spellcheck="false" autofocus
					aria-invalid=${this.errors.email ? 'true' : nothing} .value=${this.addresses}
					aria-describedby="invite-hint ${this.errors.email ? 'invite-error' : ''}"
					@input=${({ target }) => this.#change({ addresses: target.value }, 'email')}></textarea>
				${this.#error(this.errors.email)}
				<p class="hint" id="invite-hint"><span aria-live="polite">${plural('invite.addresses-found', findAddresses(this.addresses).length)}</span>
					${this.#fileChooser()}
					<button type="button" class="link" @click=${() => { this.addresses = null; }}>${t('invite.single')}</button></p>
			</div>`;
	}

	#fileField() {
		return html`
			<div class="field notice">
				<lk-invite-file .file=${this.file} @rows=${({ detail }) => this.#change({ file: { ...this.file, rows: detail } }, 'email')}></lk-invite-file>
				${this.#error(this.errors.email)}
				<button type="button" class="link" @click=${() => { this.file = null; }}>${t('invite.remove-file')}</button>
			</div>`;
	}

	#daysField() {
		return html`
			<div class="field">
				<label for="invite-days">${t('invite.days')}</label>
				<select id="invite-days" name="days" @change=${({ target }) => { this.days = Number(target.value) || undefined; }}>
					<option value="">${t('invite.days.default')}</option>
					${VALIDITY_DAYS.map((days) => html`<option value=${days} ?selected=${days === this.days}>${plural('invite.days', days)}</option>`)}
				</select>
			</div>`;
	}

	#fileChooser() {
		return html`<label class="link file">${t('invite.choose-file')}<input type="file" class="visually-hidden" accept=".csv,text/csv,text/plain"
			@change=${({ target }) => target.files[0] && this.#useFile(target.files[0])}></label>`;
	}

	#error(text) {
		return text ? html`<p class="field-error" id="invite-error">${icons.warning}<span>${text}
			${this.pendingInvitationId ? html`<button type="button" class="link" @click=${this.#resendInstead}>${t('invite.resend-pending')}</button>` : nothing}
			</span></p>` : nothing;
	}

	#sendLabel() {
		const rows = this.#enteredRows();
		return rows === null ? t('invite.action') : plural('invite.actions', rows.length);
	}

	/** A row for each address; null if a single address is entered. */
	#enteredRows() {
		if (this.file) {
			return this.file.rows;
		}
		return this.addresses === null ? null : findAddresses(this.addresses).map((email) => ({ email }));
	}

	#needsPermissions() {
		return !this.file || this.file.rows.some((row) => !row.permissions);
	}

	#change(values, field) {
		Object.assign(this, values);
		this.pendingInvitationId = null;
		this.errors = { ...this.errors, [field]: null };
	}

	/** Several addresses open the larger field. A single one is inserted without what surrounds it. */
	#onPaste = (event) => {
		const { target } = event;
		const text = event.clipboardData.getData('text');
		const found = findAddresses(text);
		if (found.length < 2 && cleanAddress(text) === text) {
			return;
		}
		event.preventDefault();
		target.setRangeText(found.length > 1 ? '' : cleanAddress(text), target.selectionStart, target.selectionEnd, 'end');
		this.#change({ email: target.value }, 'email');
		if (found.length > 1) {
			this.#addAddresses(found);
		}
	};

	#onDrop = (event) => {
		event.preventDefault();
		const [file] = event.dataTransfer.files;
		if (file) {
			this.#useFile(file);
		}
		else {
			this.#addAddresses(findAddresses(event.dataTransfer.getData('text')));
		}
	};

	/** Adds lines to what was typed so far. */
	#addAddresses(addresses) {
		this.addresses = [(this.addresses ?? this.email).trim(), ...addresses].filter(Boolean).join('\n');
	}

	async #useFile(file) {
		this.errors = {};
		this.problem = null;
		this.busy = true;
		try {
			this.file = { name: file.name, ...await readTable(new Account(this.account), await readText(file)) };
		}
		catch (problem) {
			this.problem = problem;
		}
		this.busy = false;
	}

	#submit = async (event) => {
		event.preventDefault();
		this.problem = null;
		const rows = this.#enteredRows();
		this.errors = this.#emptyFieldErrors(rows);
		if (!this.errors.email && !this.errors.permissions) {
			await (rows === null ? this.#sendOne() : this.#sendMany(rows));
		}
		await this.updateComplete;
		this.querySelector('[aria-invalid=true]')?.focus();
	};

	#emptyFieldErrors(rows) {
		return {
			email: rows === null ? !this.email.trim() && t('required.email') : rows.length === 0 && t('required.addresses'),
			permissions: this.#needsPermissions() && this.selected.length === 0 && t('required.permissions'),
		};
	}

	async #sendOne() {
		this.busy = true;
		try {
			const { email } = await new Account(this.account).invite({
				email: cleanAddress(this.email), permissions: this.selected, locale: this.locale || undefined, expiresInDays: this.days,
			}, this.#idempotencyKey);
			toast(t('invite.done', { email }));
			this.close(true);
		}
		catch (problem) {
			this.#showProblem(problem);
		}
		this.busy = false;
	}

	/** After a response, the next request may differ and needs another key. Without one, the same key prevents a second invitation. */
	#showProblem(problem) {
		if (problem.status) {
			this.#idempotencyKey = newIdempotencyKey();
		}
		if (['email', 'permissions'].includes(problem.field)) {
			this.errors = { [problem.field]: problem.text };
			this.pendingInvitationId = problem.body.invitationId;
		}
		else {
			this.problem = problem;
		}
	}

	#resendInstead = async () => {
		try {
			await new Account(this.account).resend(this.pendingInvitationId);
			toast(t('resend.done', { email: cleanAddress(this.email) }));
			this.close(true);
		}
		catch (problem) {
			this.problem = problem;
		}
	};

	#sendMany(rows) {
		this.isFinished = false;
		this.sentRows = rows.map(({ email, permissions, locale, expiresInDays }) => ({
			email, permissions: permissions ?? this.selected, locale: locale || this.locale || undefined,
			expiresInDays: expiresInDays ?? this.days,
		}));
	}

	/** Rows of a file keep their own values. The values of entered addresses are those of the form. */
	#correct(rejected) {
		const entered = this.#enteredRows();
		const rows = rejected.map(({ index, reason }) => ({ ...entered[index], reason }));
		this.#hasSent = true;
		this.sentRows = null;
		if (this.file) {
			this.file = { name: this.file.name, rows, refused: [], ignoredColumns: [], toCorrect: true };
		}
		else {
			this.addresses = rows.map(({ email }) => email).join('\n');
		}
	}

}

customElements.define('lk-invite', Invite);

/** Opens the dialog. Resolves to true if invitations may have changed. */
export function invite(account) {
	return Object.assign(document.createElement('lk-invite'), { account }).show();
}
