import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../components/dialog.js';
import { icons } from '../components/icons.js';
import '../components/picker.js';
import { toast } from '../components/toasts.js';
import { catalogue } from '../state/catalogue.js';

/**
 * Edits the permissions of a member or a pending invitation. If another user has changed them in the
 * meantime, the dialog shows the differences and lets the user choose; no change is overwritten unseen.
 */
class EditPermissions extends Dialog {

	static properties = {
		selected: { state: true }, error: { state: true }, problem: { state: true }, busy: { state: true }, saved: { state: true },
	};

	willUpdate() {
		this.selected ??= this.permissions;
	}

	render() {
		return this.frame(t('edit.title', { name: this.name }), html`
			<form novalidate @submit=${this.#submit}>
				<div role="alert">${this.problem ? html`<p class="alert">${icons.warning}${this.problem.text}</p>` : nothing}
					${this.saved ? this.#conflict() : nothing}</div>
				<lk-picker .selected=${this.selected} .error=${this.error} @pick=${this.#onPick}></lk-picker>
				<footer>
					<button type="button" class="secondary" @click=${() => this.close(this.saved !== undefined)}>${t('action.cancel')}</button>
					<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>
						${this.saved ? t('edit.save-mine') : t('edit.save')}</button>
				</footer>
			</form>`, { wide: true });
	}

	#conflict() {
		const title = (key) => this.entries.find((entry) => entry.key === key)?.title ?? key;
		const onlyMine = this.selected.filter((key) => !this.saved.includes(key));
		const onlySaved = this.saved.filter((key) => !this.selected.includes(key));
		return html`
			<div class="alert conflict">
				<h3>${t('edit.stale.title')}</h3>
				<p>${t('edit.stale.text')}</p>
				${onlyMine.length > 0 ? html`<p class="difference"><strong>${t('edit.only-mine')}</strong> ${onlyMine.map(title).join(', ')}</p>` : nothing}
				${onlySaved.length > 0 ? html`<p class="difference"><strong>${t('edit.only-saved')}</strong> ${onlySaved.map(title).join(', ')}</p>` : nothing}
				${onlyMine.length + onlySaved.length === 0 ? html`<p>${t('edit.same')}</p>` : nothing}
				<button type="button" class="secondary small" @click=${this.#useSaved}>${t('edit.use-saved')}</button>
			</div>`;
	}

	#onPick = ({ detail }) => {
		this.selected = detail;
		this.error = null;
	};

	#useSaved = () => {
		this.selected = this.saved;
	};

	#submit = async (event) => {
		event.preventDefault();
		this.problem = null;
		if (this.selected.length === 0) {
			this.error = t('required.permissions');
			return;
		}
		this.busy = true;
		try {
			await new Account(this.account).replacePermissions(this.kind, this.subject, this.selected, this.version);
			toast(t('edit.done', { name: this.name }));
			this.close(true);
		}
		catch (problem) {
			await this.#showProblem(problem);
		}
		this.busy = false;
	};

	async #showProblem(problem) {
		if (problem.code === 'stale') {
			await this.#readSaved().catch((readProblem) => {
				this.problem = readProblem;
			});
		}
		else if (problem.field === 'permissions') {
			this.error = problem.text;
		}
		else {
			this.problem = problem;
		}
	}

	async #readSaved() {
		const { permissions, permissionsVersion } = await new Account(this.account).permissions(this.kind, this.subject);
		this.entries = await catalogue();
		this.version = permissionsVersion;
		this.saved = permissions;
	}

}

customElements.define('lk-edit-permissions', EditPermissions);

/** Opens the dialog. Resolves to true if the permissions may have changed. */
export function editPermissions(account, { kind, id, name, permissions, version }) {
	const dialog = document.createElement('lk-edit-permissions');
	return Object.assign(dialog, { account, kind, subject: id, name, permissions, version }).show();
}
