import { html, nothing } from 'lit';
import { withPrefix } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from '../components/form-view.js';
import { navigate, pathAfterSignIn } from '../routing/router.js';
import { session } from '../state/session.js';

/** Signs in and then shows the page that the user wanted to open. */
class SignInPage extends FormView {

	heading = 'sign-in.title';

	connectedCallback() {
		super.connectedCallback();
		if (session.user) {
			queueMicrotask(() => navigate(pathAfterSignIn(), { replace: true }));
		}
	}

	render() {
		const isInterrupted = new URLSearchParams(location.search).has('next');
		return html`
			<section class="card narrow">
				<h1>${t('sign-in.title')}</h1>
				${isInterrupted ? html`<p class="notice">${t('sign-in.required')}</p>` : nothing}
				<form novalidate @submit=${this.onSubmit}>
					${this.alert()}
					${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
					${this.field('password', t('field.password'), { type: 'password', autocomplete: 'current-password' })}
					${this.submitButton(t('sign-in.action'))}
				</form>
				<p class="links">
					<a href=${withPrefix('/forgotten-password')}>${t('sign-in.forgotten')}</a>
					<a href=${withPrefix('/sign-up')}>${t('sign-in.sign-up')}</a>
				</p>
			</section>`;
	}

	async submit({ email, password }) {
		await session.signIn(email.trim(), password);
		navigate(pathAfterSignIn(), { replace: true });
	}

}

customElements.define('lk-sign-in-page', SignInPage);
