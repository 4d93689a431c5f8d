import { html, nothing } from 'lit';
import { post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../parts/dialog.js';
import { FormView } from '../parts/form.js';
import { icons } from '../parts/icons.js';

const GONE = 410;

/** Declines, with a reason if one wants to give it. */
class DeclineForm extends FormView {

	render() {
		const error = this.errors.reason;
		return html`
			<form novalidate @submit=${this.onSubmit}>
				<p>${t('decline.text')}</p>
				${this.alert()}
				<div class="field">
					<label for="decline-reason">${t('decline.reason')}</label>
					<textarea id="decline-reason" name="reason" rows="3" maxlength="300" autofocus
						aria-invalid=${error ? 'true' : nothing} aria-describedby="decline-hint ${error ? 'decline-error' : ''}"></textarea>
					${error ? html`<p class="field-error" id="decline-error">${icons.caution}${error}</p>` : nothing}
					<p class="hint" id="decline-hint">${t('decline.hint')}</p>
				</div>
				<footer>
					<button type="button" class="secondary" @click=${() => this.closest('lk-decline').close()}>${t('action.cancel')}</button>
					${this.submitButton(t('decline.action'))}
				</footer>
			</form>`;
	}

	async submit({ reason }) {
		const dialog = this.closest('lk-decline');
		const text = reason.replace(/\s+/g, ' ').trim();
		try {
			await post('/invitations/decline', { token: dialog.token, ...(text ? { reason: text } : {}) });
			dialog.close(true);
		}
		catch (problem) {
			if (problem.status !== GONE) {
				throw problem;
			}
			dialog.close(problem);
		}
	}

}

class Decline extends Dialog {

	render() {
		return this.frame(t('decline.question', { account: this.account }), html`<lk-decline-form></lk-decline-form>`);
	}

}

customElements.define('lk-decline-form', DeclineForm);
customElements.define('lk-decline', Decline);
