import { MailedLinkPage } from '../parts/mailed.js';

/** Signs up with an address alone; the mailed link leads to the rest. */
class SignUpPage extends MailedLinkPage {

	heading = 'sign-up.title';

	name = 'sign-up';

	path = '/users';

}

customElements.define('lk-sign-up-page', SignUpPage);
