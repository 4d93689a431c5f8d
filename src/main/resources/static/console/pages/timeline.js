import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { eventIcon, permissionsOf, sentence } from '../parts/events.js';
import { icons } from '../parts/icons.js';
import { time } from '../parts/time.js';

const QUEUED = ['invitation.created', 'invitation.resent'];

const SETTLED = { 'invitation.sent': 'sent', 'invitation.delivery-failed': 'failed' };

/** The life of an invitation, with what the mail servers said, oldest first. */
export function timeline({ timeline: events, delivery, expiresAt, status }) {
	const attempts = delivery.attempts ?? [];
	const entries = [...events.flatMap((event) => ofEvent(event, attempts)), ...retries(attempts)]
		.sort((one, other) => one.at.localeCompare(other.at) || one.order - other.order);
	return html`
		<ol class="timeline" role="list">
			${entries.map(entry)}
			${delivery.status === 'queued' && delivery.nextAttemptAt && status === 'pending' ? entry({
				at: delivery.nextAttemptAt, icon: icons.mail, coming: true,
				text: delivery.deferred ? t('timeline.deferred') : t('timeline.next-attempt'),
			}) : nothing}
			${status === 'pending' ? entry({ at: expiresAt, icon: icons.hourglass, coming: true, text: t('timeline.expires') }) : nothing}
		</ol>`;
}

function ofEvent(event, attempts) {
	const told = { at: event.at, order: event.seq, icon: eventIcon(event.type), text: sentence(event), more: permissionsOf(event) };
	if (QUEUED.includes(event.type)) {
		return [told, { at: event.at, order: event.seq + 0.5, icon: icons.mail, text: t('timeline.queued') }];
	}
	const outcome = SETTLED[event.type];
	const attempt = outcome && attempts.findLast((each) => each.outcome === outcome && (!event.sendCount || each.mail === event.sendCount));
	const reason = event.invitation?.declineReason;
	return [{ ...told, quote: reason ?? (attempt ? attempt.answer : null), failed: outcome === 'failed' }];
}

function retries(attempts) {
	return attempts.filter((attempt) => attempt.outcome === 'retry')
		.map(({ at, answer }) => ({ at, order: 0, icon: icons.again, text: t('timeline.retry'), quote: answer }));
}

function entry({ at, icon, text, more, quote, coming, failed }) {
	return html`
		<li class="${coming ? 'coming' : ''} ${failed ? 'failed' : ''}">
			<span class="mark">${icon}</span>
			<div>
				<p>${text}</p>
				${more ?? nothing}
				${quote ? html`<blockquote>${quote}</blockquote>` : nothing}
				<small>${time(at)} · ${time(at, 'short')}</small>
			</div>
		</li>`;
}

