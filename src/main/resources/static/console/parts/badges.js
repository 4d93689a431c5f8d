import { html, nothing } from 'lit';
import { known, t } from '../i18n/index.js';
import { icons } from './icons.js';

const STATUS_ICONS = {
	pending: icons.clock, accepted: icons.check, declined: icons.cross, revoked: icons.barred, expired: icons.hourglass,
};

const DELIVERY_ICONS = { queued: icons.mail, sent: icons.sent, failed: icons.caution };

/** An invitation's status: a colour, a picture and a word. */
export function statusBadge(status) {
	return html`<span class="badge status-${status}">${STATUS_ICONS[status] ?? nothing}${known(`status.${status}`, status)}</span>`;
}

/** What has become of the mail. */
export function deliveryBadge({ status, deferred }) {
	const text = deferred ? t('delivery.deferred') : known(`delivery.${status}`, status);
	return html`<span class="badge plain delivery-${status}">${DELIVERY_ICONS[status] ?? nothing}${text}</span>`;
}

export function ownerBadge() {
	return html`<span class="badge owner">${icons.key}${t('member.owner')}</span>`;
}
