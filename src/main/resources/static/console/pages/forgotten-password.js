import { RequestLinkPage } from '../components/request-link-page.js';

/** Requests a link to set a new password. */
class ForgottenPasswordPage extends RequestLinkPage {

	heading = 'forgotten.title';

	texts = 'forgotten';

	path = '/password-resets';

}

customElements.define('lk-forgotten-password-page', ForgottenPasswordPage);
