import { html, nothing } from 'lit';
import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../parts/dialog.js';
import { icons } from '../parts/icons.js';
import '../parts/picker.js';
import { toast } from '../parts/toasts.js';
import { catalogue } from '../state/catalogue.js';

/**
 * Edits what a member may do, or what a pending invitation offers. If somebody else was faster, it
 * shows in what the two differ and lets one choose; nothing is overwritten unseen.
 */
class EditPermissions extends Dialog {

	static properties = {
		picked: { state: true }, error: { state: true }, problem: { state: true }, busy: { state: true }, theirs: { state: true },
	};

	willUpdate() {
		this.picked ??= this.permissions;
	}

	render() {
		return this.frame(t('edit.of', { name: this.name }), html`
			<form novalidate @submit=${this.#submit}>
				<div role="alert">${this.problem ? html`<p class="alert">${icons.caution}${this.problem.text}</p>` : nothing}
					${this.theirs ? this.#conflict() : nothing}</div>
				<lk-picker .picked=${this.picked} .error=${this.error} @pick=${this.#pick}></lk-picker>
				<footer>
					<button type="button" class="secondary" @click=${() => this.close(this.theirs !== undefined)}>${t('action.cancel')}</button>
					<button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>
						${this.theirs ? t('edit.use-mine') : t('edit.save')}</button>
				</footer>
			</form>`, { wide: true });
	}

	#conflict() {
		const title = (key) => this.entries.find((entry) => entry.key === key)?.title ?? key;
		const mine = this.picked.filter((key) => !this.theirs.includes(key));
		const others = this.theirs.filter((key) => !this.picked.includes(key));
		return html`
			<div class="alert conflict">
				<h3>${t('edit.stale.title')}</h3>
				<p>${t('edit.stale.text')}</p>
				${mine.length > 0 ? html`<p class="difference"><strong>${t('edit.only-mine')}</strong> ${mine.map(title).join(', ')}</p>` : nothing}
				${others.length > 0 ? html`<p class="difference"><strong>${t('edit.only-theirs')}</strong> ${others.map(title).join(', ')}</p>` : nothing}
				${mine.length + others.length === 0 ? html`<p>${t('edit.same')}</p>` : nothing}
				<button type="button" class="secondary small" @click=${this.#takeTheirs}>${t('edit.use-theirs')}</button>
			</div>`;
	}

	#pick = ({ detail }) => {
		this.picked = detail;
		this.error = null;
	};

	#takeTheirs = () => {
		this.picked = this.theirs;
	};

	#submit = async (event) => {
		event.preventDefault();
		this.problem = null;
		if (this.picked.length === 0) {
			this.error = t('missing.permissions');
			return;
		}
		this.busy = true;
		try {
			await new Account(this.account).replacePermissions(this.kind, this.subject, this.picked, this.version);
			toast(t('edit.done', { name: this.name }));
			this.close(true);
		}
		catch (problem) {
			await this.#refused(problem);
		}
		this.busy = false;
	};

	async #refused(problem) {
		if (problem.code === 'stale') {
			await this.#readTheirs().catch((other) => {
				this.problem = other;
			});
		}
		else if (problem.field === 'permissions') {
			this.error = problem.text;
		}
		else {
			this.problem = problem;
		}
	}

	async #readTheirs() {
		const { permissions, permissionsVersion } = await new Account(this.account).permissionsOf(this.kind, this.subject);
		this.entries = await catalogue();
		this.version = permissionsVersion;
		this.theirs = permissions;
	}

}

customElements.define('lk-edit-permissions', EditPermissions);

/** Edits, and says whether anything may have changed. */
export function editPermissions(account, { kind, id, name, permissions, version }) {
	const dialog = document.createElement('lk-edit-permissions');
	return Object.assign(dialog, { account, kind, subject: id, name, permissions, version }).show();
}
