import { html, nothing } from 'lit';
import { plural, t } from '../i18n/index.js';
import { chips } from '../components/chips.js';
import { View } from '../components/view.js';

const SHOWN_REFUSALS = 5;

/**
 * What was read of a file with invitations, and what of it is not used. If rows were rejected after they had
 * been sent, their addresses can be corrected; everything else of a row stays as it is in the file.
 */
class InviteFile extends View {

	static properties = { file: {} };

	render() {
		const { name, rows } = this.file;
		return html`
			<p><strong>${name}</strong>: ${plural('invite.addresses-found', rows.length)}. ${this.#permissions()}</p>
			${this.#unused()}
			${this.file.toCorrect ? this.#corrections() : nothing}`;
	}

	#permissions() {
		const missing = this.file.rows.filter((row) => !row.permissions).length;
		if (missing === this.file.rows.length) {
			return nothing;
		}
		return missing > 0 ? plural('invite.file-without-permissions', missing) : t('invite.file-permissions');
	}

	#unused() {
		const { problem, isAddressesOnly, ignoredColumns, refused } = this.file;
		const columns = ignoredColumns.map((column) => column || t('invite.file-unnamed-column')).join(', ');
		return html`
			${problem ? html`<p>${problem.text}</p>` : nothing}
			${isAddressesOnly ? html`<p>${t('invite.file-addresses-only')}</p>` : nothing}
			${columns ? html`<p>${t('invite.file-columns-ignored', { columns })}</p>` : nothing}
			${refused.length > 0 ? html`<p>${plural('invite.file-refused', refused.length)}</p>
				<ul>${refused.slice(0, SHOWN_REFUSALS).map(({ line, email, reason }) => html`<li>${email
					? t('invite.file-refused-address', { line, email, reason }) : t('invite.file-refused-line', { line, reason })}</li>`)}
				${refused.length > SHOWN_REFUSALS ? html`<li>${plural('invite.file-refused-more', refused.length - SHOWN_REFUSALS)}</li>` : nothing}</ul>` : nothing}`;
	}

	#corrections() {
		return html`
			<p>${t('invite.file-correct')}</p>
			<ul class="corrections" role="list">${this.file.rows.map((row, index) => html`<li>
				<input type="text" inputmode="email" autocapitalize="none" spellcheck="false" aria-label=${t('field.email')}
					aria-describedby="correction-${index}" .value=${row.email} @input=${({ target }) => this.#replace(index, { ...row, email: target.value.trim() })}>
				<button type="button" class="link" @click=${() => this.#replace(index)}>${t('invite.file-remove-row', { email: row.email })}</button>
				<p class="hint" id="correction-${index}">${row.reason}</p>
				${row.permissions ? chips(row.permissions) : nothing}</li>`)}</ul>`;
	}

	/** Replaces a row, or removes it. */
	#replace(index, ...replacement) {
		const rows = this.file.rows.flatMap((row, position) => (position === index ? replacement : [row]));
		this.dispatchEvent(new CustomEvent('rows', { detail: rows }));
	}

}

customElements.define('lk-invite-file', InviteFile);
