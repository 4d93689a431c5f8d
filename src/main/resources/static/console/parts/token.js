import { html } from 'lit';
import { address } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from './form.js';
import { icons } from './icons.js';

const GONE = ['expired', 'superseded', 'used', 'revoked', 'not-found'];

/** A page that a mailed link leads to. The secret is behind the `#`, where no server sees it. */
export class TokenPage extends FormView {

	static properties = { gone: { state: true }, done: { state: true } };

	connectedCallback() {
		super.connectedCallback();
		this.listen(window, 'hashchange', () => this.tokenChanged());
		this.tokenChanged();
	}

	get token() {
		return location.hash.slice(1);
	}

	/** What can't be a token is not worth asking about. */
	tokenChanged() {
		this.problem = null;
		this.done = null;
		this.gone = /^[A-Za-z0-9_-]{92}$/.test(this.token) ? null : 'not-found';
	}

	refused(problem, fields) {
		if (GONE.includes(problem.code) || problem.field === 'token') {
			this.gone = GONE.includes(problem.code) ? problem.code : 'not-found';
		}
		else {
			super.refused(problem, fields);
		}
	}

	/** Takes the secret out of the address once it is of no more use. */
	forgetToken() {
		history.replaceState(null, '', location.pathname);
	}

	/** What to say of a link that leads nowhere any more. */
	dead(kind, action, path) {
		return html`
			<section class="card narrow">
				<div class="big-icon muted">${icons.hourglass}</div>
				<h1>${t(`${kind}.${this.gone}.title`)}</h1>
				<p>${t(`${kind}.${this.gone}.text`)}</p>
				<p><a class="button" href=${address(path)}>${action}</a></p>
			</section>`;
	}

}
