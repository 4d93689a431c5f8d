import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { catalogue } from '../state/catalogue.js';
import { icons } from './icons.js';
import { View } from './view.js';

/**
 * Permissions with their descriptions, in the page's language. Until the catalogue is loaded, or if it
 * cannot be loaded, the titles and descriptions of the offer are shown.
 */
class PermissionList extends View {

	static properties = { keys: {}, offered: {}, entries: { state: true } };

	constructor() {
		super();
		this.entries = [];
	}

	connectedCallback() {
		super.connectedCallback();
		this.languageChanged();
	}

	async languageChanged() {
		this.entries = await catalogue().catch(() => []);
	}

	render() {
		const shown = this.entries.length > 0 ? this.entries.filter(({ key }) => this.keys.includes(key)) : this.offered ?? [];
		return html`<ul class="permissions" role="list">${shown.map((entry) => html`
			<li>${icons.check}<div><strong>${entry.title}</strong>
				<span>${entry.description}</span>
				${entry.sensitive && !this.offered ? html`<span class="warning">${icons.warning}${t('permissions.sensitive')}</span>` : nothing}</div></li>`)}</ul>`;
	}

}

customElements.define('lk-permission-list', PermissionList);

export function permissionList(keys) {
	return html`<lk-permission-list .keys=${keys}></lk-permission-list>`;
}

export function offeredPermissions(offered) {
	return html`<lk-permission-list .keys=${offered.map(({ key }) => key)} .offered=${offered}></lk-permission-list>`;
}
