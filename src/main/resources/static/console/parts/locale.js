import { html, nothing } from 'lit';
import { languages, t } from '../i18n/index.js';

/** Chooses a language that somebody else is written to in. */
export function localeField(id, label, { value = '', unset, change }) {
	return html`
		<div class="field">
			<label for=${id}>${label}</label>
			<select id=${id} name="locale" @change=${change ? ({ target }) => change(target.value) : nothing}>
				${unset ? html`<option value="" ?selected=${!value}>${unset}</option>` : nothing}
				${languages.map((language) => html`<option value=${language} ?selected=${language === value}>${t(`language.${language}`)}</option>`)}
			</select>
		</div>`;
}
