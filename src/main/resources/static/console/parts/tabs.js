import { html } from 'lit';

/** Filters as tabs with counts; they choose what one list shows, so they are buttons that are pressed. */
export function filterTabs(label, tabs, selected, select) {
	return html`
		<ul class="tabs" role="list" aria-label=${label}>
			${tabs.map(({ key, text, count }) => html`
				<li><button type="button" class="tab" aria-pressed=${key === selected ? 'true' : 'false'} data-testid="tab-${key || 'all'}"
					@click=${() => select(key)}>${text} <span class="count">${count}</span></button></li>`)}
		</ul>`;
}
