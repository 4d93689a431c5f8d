import { html, nothing } from 'lit';
import { languages, t } from '../i18n/index.js';

/** A field for the language of mails. With `unset` there is an option for the default. */
export function localeField(id, label, { value = '', unset, onChange }) {
	return html`
		<div class="field">
			<label for=${id}>${label}</label>
			<select id=${id} name="locale" @change=${onChange ? ({ target }) => onChange(target.value) : nothing}>
				${unset ? html`<option value="" ?selected=${!value}>${unset}</option>` : nothing}
				${languages.map((language) => html`<option value=${language} ?selected=${language === value}>${t(`language.${language}`)}</option>`)}
			</select>
		</div>`;
}
