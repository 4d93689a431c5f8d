import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { View } from './view.js';

/** In place of what could not be read: what is the matter, and a way to try again. */
class Trouble extends View {

	static properties = { problem: {}, retry: {} };

	heading = 'trouble.title';

	render() {
		return html`
			<section class="empty" role="alert">
				<h1>${t('trouble.title')}</h1>
				<p>${this.problem?.text ?? t('trouble.text')}</p>
				${this.retry ? html`<button type="button" @click=${this.retry}>${t('action.again')}</button>` : nothing}
			</section>`;
	}

}

customElements.define('lk-trouble', Trouble);

/** What to show for a problem in a part of a page. */
export function trouble(problem, retry) {
	return html`<div class="alert" role="alert"><span>${problem.text ?? t('trouble.text')}</span>
		<button type="button" class="secondary small" @click=${retry}>${t('action.again')}</button></div>`;
}
