import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { View } from './view.js';

/** Shown instead of a page that cannot be loaded: the problem and a button to try again. */
class ErrorPanel extends View {

	static properties = { problem: {}, retry: {} };

	heading = 'error.title';

	render() {
		return html`
			<section class="empty" role="alert">
				<h1>${t('error.title')}</h1>
				<p>${this.problem?.text ?? t('error.text')}</p>
				${this.retry ? html`<button type="button" @click=${this.retry}>${t('action.retry')}</button>` : nothing}
			</section>`;
	}

}

customElements.define('lk-error-panel', ErrorPanel);

/** Shows a problem within a page, with a button to try again. */
export function errorAlert(problem, retry) {
	return html`<div class="alert" role="alert"><span>${problem.text ?? t('error.text')}</span>
		<button type="button" class="secondary small" @click=${retry}>${t('action.retry')}</button></div>`;
}
