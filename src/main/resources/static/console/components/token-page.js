import { html } from 'lit';
import { withPrefix } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from './form-view.js';
import { icons } from './icons.js';

const LINK_PROBLEMS = ['expired', 'superseded', 'used', 'revoked', 'not-found'];

/** A page that is opened by a mailed link. The token is in the fragment of the URL, which browsers do not send. */
export class TokenPage extends FormView {

	static properties = { linkProblem: { state: true }, outcome: { state: true } };

	connectedCallback() {
		super.connectedCallback();
		this.listen(window, 'hashchange', () => this.tokenChanged());
		this.tokenChanged();
	}

	get token() {
		return location.hash.slice(1);
	}

	/** Resets the page. A fragment that cannot be a token is reported without a request. */
	tokenChanged() {
		this.problem = null;
		this.outcome = null;
		this.linkProblem = /^[A-Za-z0-9_-]{92}$/.test(this.token) ? null : 'not-found';
	}

	showProblem(problem, fields) {
		if (LINK_PROBLEMS.includes(problem.code) || problem.field === 'token') {
			this.linkProblem = LINK_PROBLEMS.includes(problem.code) ? problem.code : 'not-found';
		}
		else {
			super.showProblem(problem, fields);
		}
	}

	/** Removes the token from the URL once it has been used. */
	removeToken() {
		history.replaceState(null, '', location.pathname);
	}

	/** Explains why the link is invalid. `texts` is the prefix of the texts, `action` the label of the button to `path`. */
	invalidLink(texts, action, path) {
		return html`
			<section class="card narrow">
				<div class="big-icon muted">${icons.hourglass}</div>
				<h1>${t(`${texts}.${this.linkProblem}.title`)}</h1>
				<p>${t(`${texts}.${this.linkProblem}.text`)}</p>
				<p><a class="button" href=${withPrefix(path)}>${action}</a></p>
			</section>`;
	}

}
