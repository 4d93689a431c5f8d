import { html } from 'lit';

/** Filters as tabs with counts; they choose what one list shows, so they are buttons that are pressed. */
export function filterTabs(label, tabs, selected, select) {
	return html`
		<div class="tabs" role="group" aria-label=${label}>
			${tabs.map(({ key, text, count }) => html`
				<button type="button" class="tab" aria-pressed=${key === selected ? 'true' : 'false'} data-testid="tab-${key}"
					@click=${() => select(key)}>${text} <span class="count">${count}</span></button>`)}
		</div>`;
}
