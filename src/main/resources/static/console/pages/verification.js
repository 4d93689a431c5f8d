import { html } from 'lit';
import { withPrefix, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { TokenPage } from '../components/token-page.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** Completes a sign-up: the mailed link confirms the address, and the user chooses a name and a password. */
class VerificationPage extends TokenPage {

	heading = 'verification.title';

	render() {
		if (this.linkProblem) {
			return this.linkProblem === 'used' ? this.invalidLink('verification', t('sign-in.action'), '/sign-in')
				: this.invalidLink('verification', t('sign-up.new-link'), '/sign-up');
		}
		return html`
			<section class="card narrow">
				<h1>${t('verification.title')}</h1>
				<p>${t('verification.text')}</p>
				<form novalidate @submit=${this.onSubmit}>
					${this.alert()}
					${this.field('name', t('field.name'), { autocomplete: 'name', maxlength: 80, hint: t('field.name.hint') })}
					${this.field('password', t('field.new-password'),
						{ type: 'password', autocomplete: 'new-password', maxlength: 128, hint: t('field.new-password.hint') })}
					${this.submitButton(t('verification.action'))}
				</form>
				<p class="links"><a href=${withPrefix('/sign-in')}>${t('sign-in.back')}</a></p>
			</section>`;
	}

	async submit({ name, password }) {
		const user = await post('/users/verification', { token: this.token, name: name.trim(), password });
		this.removeToken();
		await session.signIn(user.email, password);
		navigate('/', { replace: true });
	}

}

customElements.define('lk-verification-page', VerificationPage);
