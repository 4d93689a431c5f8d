import { html, nothing } from 'lit';
import { post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { Dialog } from '../components/dialog.js';
import { FormView } from '../components/form-view.js';
import { icons } from '../components/icons.js';

const HTTP_GONE = 410;

/** Declines an invitation, with an optional reason. Closes its dialog with true, or with the problem if the link is invalid. */
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
					${error ? html`<p class="field-error" id="decline-error">${icons.warning}${error}</p>` : nothing}
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
			if (problem.status !== HTTP_GONE) {
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
