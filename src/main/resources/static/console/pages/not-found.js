import { html } from 'lit';
import { withPrefix } from '../api/client.js';
import { t } from '../i18n/index.js';
import { View } from '../components/view.js';

/** Shown for unknown paths. */
class NotFoundPage extends View {

	heading = 'not-found.title';

	render() {
		return html`
			<section class="empty narrow">
				<h1>${t('not-found.title')}</h1>
				<p>${t('not-found.text')}</p>
				<p><a class="button" href=${withPrefix('/')}>${t('not-found.home')}</a></p>
			</section>`;
	}

}

customElements.define('lk-not-found-page', NotFoundPage);
