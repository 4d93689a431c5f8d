import { html, nothing } from 'lit';
import { tWithFallback, t } from '../i18n/index.js';
import { chips } from './chips.js';
import { icons } from './icons.js';

const ICONS = {
	'account.created': icons.key,
	'invitation.created': icons.plus, 'invitation.sent': icons.sent, 'invitation.delivery-failed': icons.warning,
	'invitation.resent': icons.repeat, 'invitation.reminded': icons.repeat,
	'invitation.accepted': icons.check, 'invitation.declined': icons.cross,
	'invitation.revoked': icons.prohibited, 'invitation.expired': icons.hourglass, 'member.removed': icons.trash,
	'member.left': icons.exit, 'account.validity-changed': icons.hourglass,
	'ownership.offered': icons.key, 'ownership.withdrawn': icons.cross, 'ownership.declined': icons.cross,
	'ownership.transferred': icons.key,
};

const EDIT_TYPES = ['invitation.permissions-changed', 'member.permissions-changed'];

export function eventIcon(type) {
	return ICONS[type] ?? (EDIT_TYPES.includes(type) ? icons.edit : icons.clock);
}

export function actorName({ kind, name }) {
	return name ?? t(`actor.${kind}`);
}

/** Describes an event in one sentence. */
export function eventSentence({ type, actor, invitation, user }) {
	const name = user?.name ?? user?.email ?? invitation?.email ?? '';
	return tWithFallback(`event.${type}`, type).replace(/\{(\w+)\}/g, (placeholder, key) =>
		({ actor: actorName(actor), email: invitation?.email ?? user?.email ?? '', whom: name }[key] ?? placeholder));
}

/** The permissions of an event. For an edit, the added and the removed ones. */
export function eventPermissions({ permissions, previous }) {
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
