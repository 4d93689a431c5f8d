import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { withPrefix } from '../api/client.js';
import { downloadCsv } from '../api/download.js';
import { t } from '../i18n/index.js';
import { eventIcon, eventPermissions, eventSentence } from '../components/events.js';
import { icons } from '../components/icons.js';
import { LiveView } from '../components/live-view.js';
import '../components/live-status.js';
import { Pages, pager } from '../components/pager.js';
import { time } from '../components/time.js';
import { toast } from '../components/toasts.js';
import { errorAlert } from '../components/error-panel.js';
import { replaceQuery } from '../routing/router.js';
import { session } from '../state/session.js';
import { EVENT_TYPES } from '../state/stream.js';

/** All events of an account, newest first. */
class AuditPage extends LiveView {

	static properties = { type: { state: true } };

	heading = 'audit.title';

	#pages = new Pages(50);

	constructor() {
		super();
		this.type = new URLSearchParams(location.search).get('type') ?? '';
	}

	/** Only the first page is live: older pages do not change while the user reads them. */
	isAffectedBy({ type }) {
		return this.#pages.cursor === null && (!this.type || type === this.type);
	}

	read(signal) {
		return new Account(this.account).events({ limit: this.#pages.size, cursor: this.#pages.cursor, type: this.type }, { signal });
	}

	rowsById({ items }) {
		return new Map(items.map((event) => [event.seq, event]));
	}

	render() {
		const name = session.account(this.account)?.name ?? '';
		return html`
			<div class="page-head">
				<div><h1>${t('audit.title')}</h1><p class="muted name" title=${name}>${name}</p></div>
				<lk-live-status .account=${this.account}></lk-live-status>
				<button type="button" class="secondary" @click=${this.#download}>${icons.download}${t('audit.csv')}</button>
			</div>
			<label class="filter">${t('audit.filter')}
				<select @change=${this.#changeFilter}>
					<option value="" ?selected=${!this.type}>${t('audit.all-types')}</option>
					${EVENT_TYPES.map((type) => html`<option value=${type} ?selected=${type === this.type}>${t(`event-type.${type}`)}</option>`)}
				</select>
			</label>
			${this.problem ? errorAlert(this.problem, () => this.refresh()) : nothing}
			${this.data ? this.#list() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}`;
	}

	#list() {
		return html`
			${this.data.items.length > 0 ? html`
				<ol class="timeline log" role="list">${repeat(this.data.items, ({ seq }) => seq, (event) => this.#entry(event))}</ol>`
				: html`<p class="empty">${t('audit.empty')}</p>`}
			${pager(t('audit.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}`;
	}

	#entry(event) {
		const { invitation } = event;
		return html`
			<li class=${this.changedIds.has(event.seq) ? 'changed' : ''}>
				<span class="event-icon">${eventIcon(event.type)}</span>
				<div>
					<p>${eventSentence(event)} ${invitation ? html`<a href=${withPrefix(`/accounts/${this.account}/invitations/${invitation.id}`)}
						aria-label=${t('audit.details-of', { email: invitation.email ?? '' })}>${t('audit.details')}</a>` : nothing}</p>
					${eventPermissions(event)}
					${invitation?.declineReason ? html`<blockquote>${invitation.declineReason}</blockquote>` : nothing}
					<small>${time(event.at)} · ${time(event.at, 'short')}</small>
				</div>
			</li>`;
	}

	#changeFilter = ({ target }) => {
		this.type = target.value;
		this.#pages.reset();
		replaceQuery({ type: this.type });
		this.refresh();
	};

	#download = () => downloadCsv(`/accounts/${this.account}/events${this.type ? `?type=${this.type}` : ''}`, 'audit-trail.csv')
		.catch((problem) => toast(problem.text ?? t('error.text'), 'error'));

}

customElements.define('lk-audit-page', AuditPage);
