import { RequestLinkPage } from '../components/request-link-page.js';

/** Requests a link to sign up. The name and the password are entered on the page that the link opens. */
class SignUpPage extends RequestLinkPage {

	heading = 'sign-up.title';

	texts = 'sign-up';

	path = '/users';

}

customElements.define('lk-sign-up-page', SignUpPage);
