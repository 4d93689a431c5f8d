import { html, nothing } from 'lit';
import { address } from '../api/client.js';
import { t } from '../i18n/index.js';
import { FormView } from '../parts/form.js';
import { navigate, nextPath } from '../routing/router.js';
import { session } from '../state/session.js';

/** Signs in, and goes on to where one was going. */
class SignInPage extends FormView {

	heading = 'sign-in.title';

	connectedCallback() {
		super.connectedCallback();
		if (session.user) {
			queueMicrotask(() => navigate(nextPath(), { replace: true }));
		}
	}

	render() {
		const interrupted = new URLSearchParams(location.search).has('next');
		return html`
			<section class="card narrow">
				<h1>${t('sign-in.title')}</h1>
				${interrupted ? html`<p class="notice">${t('sign-in.first')}</p>` : nothing}
				<form novalidate @submit=${this.onSubmit}>
					${this.alert()}
					${this.field('email', t('field.email'), { type: 'email', autocomplete: 'username' })}
					${this.field('password', t('field.password'), { type: 'password', autocomplete: 'current-password' })}
					${this.submitButton(t('sign-in.action'))}
				</form>
				<p class="links">
					<a href=${address('/forgotten-password')}>${t('sign-in.forgotten')}</a>
					<a href=${address('/sign-up')}>${t('sign-in.sign-up')}</a>
				</p>
			</section>`;
	}

	async submit({ email, password }) {
		await session.signIn(email.trim(), password);
		navigate(nextPath(), { replace: true });
	}

}

customElements.define('lk-sign-in-page', SignInPage);
