import { html, nothing } from 'lit';
import { known, t } from '../i18n/index.js';
import { chips } from './chips.js';
import { icons } from './icons.js';

const ICONS = {
	'account.created': icons.key,
	'invitation.created': icons.plus, 'invitation.sent': icons.sent, 'invitation.delivery-failed': icons.caution,
	'invitation.resent': icons.again, 'invitation.reminded': icons.again,
	'invitation.accepted': icons.check, 'invitation.declined': icons.cross,
	'invitation.revoked': icons.barred, 'invitation.expired': icons.hourglass, 'member.removed': icons.bin,
	'member.left': icons.leave, 'account.validity-changed': icons.hourglass,
	'ownership.offered': icons.key, 'ownership.withdrawn': icons.cross, 'ownership.declined': icons.cross,
	'ownership.transferred': icons.key,
};

const EDITS = ['invitation.permissions-changed', 'member.permissions-changed'];

export function eventIcon(type) {
	return ICONS[type] ?? (EDITS.includes(type) ? icons.edit : icons.clock);
}

export function actorName({ kind, name }) {
	return name ?? t(`actor.${kind}`);
}

/** What has happened, in one sentence. */
export function sentence({ type, actor, invitation, user }) {
	const whom = user?.name ?? user?.email ?? invitation?.email ?? '';
	return known(`event.${type}`, type).replace(/\{(\w+)\}/g, (whole, key) =>
		({ actor: actorName(actor), email: invitation?.email ?? user?.email ?? '', whom }[key] ?? whole));
}

/** The permissions that an event is about; of an edit, what came and what went. */
export function permissionsOf({ permissions, previous }) {
	if (!permissions) {
		return nothing;
	}
	if (!previous) {
		return chips(permissions);
	}
	const added = permissions.filter((key) => !previous.includes(key));
	const removed = previous.filter((key) => !permissions.includes(key));
	return html`
		${added.length > 0 ? html`<div class="change"><span class="label">${t('event.added')}</span>${chips(added)}</div>` : nothing}
		${removed.length > 0 ? html`<div class="change"><span class="label">${t('event.removed')}</span>${chips(removed)}</div>` : nothing}`;
}
