import { html } from 'lit';

/** Filters of one list, with counts. They look like tabs but are toggle buttons, because there is only one panel. */
export function filterTabs(label, tabs, selected, onSelect) {
	return html`
		<ul class="tabs" role="list" aria-label=${label}>
			${tabs.map(({ key, text, count }) => html`
				<li><button type="button" class="tab" aria-pressed=${key === selected ? 'true' : 'false'} data-testid="tab-${key || 'all'}"
					@click=${() => onSelect(key)}>${text} <span class="count">${count}</span></button></li>`)}
		</ul>`;
}
