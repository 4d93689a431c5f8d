import { MailedLinkPage } from '../parts/mailed.js';

/** Asks for a link that sets a new password. */
class ForgottenPasswordPage extends MailedLinkPage {

	heading = 'forgotten.title';

	name = 'forgotten';

	path = '/password-resets';

}

customElements.define('lk-forgotten-password-page', ForgottenPasswordPage);
