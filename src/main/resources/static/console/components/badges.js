import { html, nothing } from 'lit';
import { tWithFallback, t } from '../i18n/index.js';
import { icons } from './icons.js';

const STATUS_ICONS = {
	pending: icons.clock, accepted: icons.check, declined: icons.cross, revoked: icons.prohibited, expired: icons.hourglass,
};

const DELIVERY_ICONS = { queued: icons.mail, sent: icons.sent, failed: icons.warning };

/** The status of an invitation, as a colour, an icon and a text. */
export function statusBadge(status) {
	return html`<span class="badge status-${status}">${STATUS_ICONS[status] ?? nothing}${tWithFallback(`status.${status}`, status)}</span>`;
}

/** The delivery status of an invitation's mail. */
export function deliveryBadge({ status, deferred }) {
	const text = deferred ? t('delivery.deferred') : tWithFallback(`delivery.${status}`, status);
	return html`<span class="badge plain delivery-${status}">${DELIVERY_ICONS[status] ?? nothing}${text}</span>`;
}

export function ownerBadge() {
	return html`<span class="badge owner">${icons.key}${t('member.owner')}</span>`;
}
