import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Account } from '../api/account.js';
import { address } from '../api/client.js';
import { downloadList } from '../api/download.js';
import { t } from '../i18n/index.js';
import { eventIcon, permissionsOf, sentence } from '../parts/events.js';
import { icons } from '../parts/icons.js';
import { LiveView } from '../parts/live-view.js';
import '../parts/live.js';
import { Pages, pager } from '../parts/pager.js';
import { time } from '../parts/time.js';
import { toast } from '../parts/toasts.js';
import { trouble } from '../parts/trouble.js';
import { rewriteQuery } from '../routing/router.js';
import { session } from '../state/session.js';
import { EVENT_TYPES } from '../state/stream.js';

/** All that has ever happened in an account, newest first. */
class AuditPage extends LiveView {

	static properties = { type: { state: true } };

	heading = 'audit.title';

	#pages = new Pages(50);

	constructor() {
		super();
		this.type = new URLSearchParams(location.search).get('type') ?? '';
	}

	/** A page further back stays as it is while one reads it. */
	concerns({ type }) {
		return this.#pages.cursor === null && (!this.type || type === this.type);
	}

	read(signal) {
		return new Account(this.account).events({ limit: this.#pages.size, cursor: this.#pages.cursor, type: this.type }, { signal });
	}

	rowsOf({ items }) {
		return new Map(items.map((event) => [event.seq, event]));
	}

	render() {
		const name = session.account(this.account)?.name ?? '';
		return html`
			<div class="page-head">
				<div><h1>${t('audit.title')}</h1><p class="muted name" title=${name}>${name}</p></div>
				<lk-live .account=${this.account}></lk-live>
				<button type="button" class="secondary" @click=${this.#download}>${icons.download}${t('audit.csv')}</button>
			</div>
			<label class="filter">${t('audit.filter')}
				<select @change=${this.#filter}>
					<option value="" ?selected=${!this.type}>${t('audit.everything')}</option>
					${EVENT_TYPES.map((type) => html`<option value=${type} ?selected=${type === this.type}>${t(`event-type.${type}`)}</option>`)}
				</select>
			</label>
			${this.problem ? trouble(this.problem, () => this.refresh()) : nothing}
			${this.data ? this.#list() : this.problem ? nothing : html`<p class="loading" aria-busy="true">${t('shell.loading')}</p>`}`;
	}

	#list() {
		return html`
			${this.data.items.length > 0 ? html`
				<ol class="timeline log" role="list">${repeat(this.data.items, ({ seq }) => seq, (event) => this.#entry(event))}</ol>`
				: html`<p class="empty">${t('audit.none')}</p>`}
			${pager(t('audit.pages'), this.#pages, this.data.items.length, this.data.next, () => this.refresh())}`;
	}

	#entry(event) {
		const { invitation } = event;
		return html`
			<li class=${this.fresh.has(event.seq) ? 'fresh' : ''}>
				<span class="mark">${eventIcon(event.type)}</span>
				<div>
					<p>${sentence(event)} ${invitation ? html`<a href=${address(`/accounts/${this.account}/invitations/${invitation.id}`)}
						aria-label=${t('audit.show', { email: invitation.email ?? '' })}>${t('audit.details')}</a>` : nothing}</p>
					${permissionsOf(event)}
					${invitation?.declineReason ? html`<blockquote>${invitation.declineReason}</blockquote>` : nothing}
					<small>${time(event.at)} · ${time(event.at, 'short')}</small>
				</div>
			</li>`;
	}

	#filter = ({ target }) => {
		this.type = target.value;
		this.#pages.restart();
		rewriteQuery({ type: this.type });
		this.refresh();
	};

	#download = () => downloadList(`/accounts/${this.account}/events${this.type ? `?type=${this.type}` : ''}`, 'audit-trail.csv')
		.catch((problem) => toast(problem.text ?? t('trouble.text'), 'failed'));

}

customElements.define('lk-audit-page', AuditPage);
