import { svg } from 'lit';

const icon = (body) => svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${body}</svg>`;

/** Icons are decoration: the same information is always in a text beside them. */
export const icons = {
	key: icon(svg`<circle cx="8" cy="12" r="4"/><path d="M12 12h9M17.5 12v3.6M21 12v2.6"/>`),
	trash: icon(svg`<path d="M4 7h16M10 11v6M14 11v6M6 7l1 12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-12M9 7V5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2"/>`),
	warning: icon(svg`<path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17.2v.1"/>`),
	search: icon(svg`<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>`),
	plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
	close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
	clock: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 8v4.4l2.8 1.6"/>`),
	check: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),
	cross: icon(svg`<circle cx="12" cy="12" r="8"/><path d="m9 9 6 6M15 9l-6 6"/>`),
	prohibited: icon(svg`<circle cx="12" cy="12" r="8"/><path d="m6.4 6.4 11.2 11.2"/>`),
	hourglass: icon(svg`<path d="M7 4h10M7 20h10M8 4c0 5 8 5.5 8 8s-8 3-8 8M16 4c0 5-8 5.5-8 8s8 3 8 8"/>`),
	mail: icon(svg`<rect x="3.5" y="6" width="17" height="12.5" rx="1.5"/><path d="m4 7.5 8 6 8-6"/>`),
	sent: icon(svg`<path d="m4 12 16-7.5-5 16-3.5-6.5L4 12ZM11.5 14 20 4.5"/>`),
	download: icon(svg`<path d="M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14"/>`),
	edit: icon(svg`<path d="m5 19 1-4L16.5 4.5l3 3L9 18l-4 1Z"/>`),
	repeat: icon(svg`<path d="M19 12a7 7 0 1 1-2-4.9M19 4v4h-4"/>`),
	person: icon(svg`<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c.8-4 3.4-6 7-6s6.2 2 7 6"/>`),
	chevronDown: icon(svg`<path d="m7 10 5 5 5-5"/>`),
	chevronLeft: icon(svg`<path d="m14 6-6 6 6 6"/>`),
	exit: icon(svg`<path d="M14 5H6v14h8M11 12h10M18 9l3 3-3 3"/>`),
};
