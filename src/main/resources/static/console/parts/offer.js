import { html } from 'lit';
import { icons } from './icons.js';

/** What an invitation offers, word for word as the service says it. */
export function offeredPermissions(permissions) {
	return html`<ul class="permissions" role="list">${permissions.map(({ title, description }) => html`
		<li>${icons.check}<div><strong>${title}</strong><span>${description}</span></div></li>`)}</ul>`;
}
