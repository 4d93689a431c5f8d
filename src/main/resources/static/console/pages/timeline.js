import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { eventIcon, eventPermissions, eventSentence } from '../components/events.js';
import { icons } from '../components/icons.js';
import { time } from '../components/time.js';

const QUEUING_TYPES = ['invitation.created', 'invitation.resent'];

const DELIVERY_OUTCOMES = { 'invitation.sent': 'sent', 'invitation.delivery-failed': 'failed' };

/** The events of an invitation and the delivery attempts of its mails with the mail server's responses, oldest first. */
export function timeline({ timeline: events, delivery, expiresAt, status }) {
	const attempts = delivery.attempts ?? [];
	const entries = [...events.flatMap((event) => entriesOfEvent(event, attempts)), ...entriesOfRetries(attempts)]
		.sort((one, other) => one.at.localeCompare(other.at) || one.order - other.order);
	return html`
		<ol class="timeline" role="list">
			${entries.map(entry)}
			${delivery.status === 'queued' && delivery.nextAttemptAt && status === 'pending' ? entry({
				at: delivery.nextAttemptAt, icon: icons.mail, upcoming: true,
				text: delivery.deferred ? t('timeline.deferred') : t('timeline.next-attempt'),
			}) : nothing}
			${status === 'pending' ? entry({ at: expiresAt, icon: icons.hourglass, upcoming: true, text: t('timeline.expires') }) : nothing}
		</ol>`;
}

function entriesOfEvent(event, attempts) {
	const main = { at: event.at, order: event.seq, icon: eventIcon(event.type), text: eventSentence(event), permissions: eventPermissions(event) };
	if (QUEUING_TYPES.includes(event.type)) {
		return [main, { at: event.at, order: event.seq + 0.5, icon: icons.mail, text: t('timeline.queued') }];
	}
	const outcome = DELIVERY_OUTCOMES[event.type];
	const attempt = outcome && attempts.findLast((each) => each.outcome === outcome && (!event.sendCount || each.mail === event.sendCount));
	const reason = event.invitation?.declineReason;
	return [{ ...main, quote: reason ?? (attempt ? attempt.answer : null), failed: outcome === 'failed' }];
}

function entriesOfRetries(attempts) {
	return attempts.filter((attempt) => attempt.outcome === 'retry')
		.map(({ at, answer }) => ({ at, order: 0, icon: icons.repeat, text: t('timeline.retry'), quote: answer }));
}

function entry({ at, icon, text, permissions, quote, upcoming, failed }) {
	return html`
		<li class="${upcoming ? 'upcoming' : ''} ${failed ? 'failed' : ''}">
			<span class="event-icon">${icon}</span>
			<div>
				<p>${text}</p>
				${permissions ?? nothing}
				${quote ? html`<blockquote>${quote}</blockquote>` : nothing}
				<small>${time(at)} · ${time(at, 'short')}</small>
			</div>
		</li>`;
}

