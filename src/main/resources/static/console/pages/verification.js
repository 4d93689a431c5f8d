import { html } from 'lit';
import { address, post } from '../api/client.js';
import { t } from '../i18n/index.js';
import { TokenPage } from '../parts/token.js';
import { navigate } from '../routing/router.js';
import { session } from '../state/session.js';

/** Proves the mailbox by the mailed link, with a name and a password to sign in by from now on. */
class VerificationPage extends TokenPage {

	heading = 'verification.title';

	render() {
		if (this.gone) {
			return this.gone === 'used' ? this.dead('verification', t('sign-in.action'), '/sign-in')
				: this.dead('verification', t('sign-up.again'), '/sign-up');
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
				<p class="links"><a href=${address('/sign-in')}>${t('sign-in.back')}</a></p>
			</section>`;
	}

	async submit({ name, password }) {
		const user = await post('/users/verification', { token: this.token, name: name.trim(), password });
		this.forgetToken();
		await session.signIn(user.email, password);
		navigate('/', { replace: true });
	}

}

customElements.define('lk-verification-page', VerificationPage);
