import { duration } from '../i18n/time.js';
import { currentLanguage, known, t } from '../i18n/index.js';

const FIELDS = {
	'invalid-email': 'email',
	'invitation-pending': 'email',
	'already-member': 'email',
	'empty-permissions': 'permissions',
	'unknown-permission': 'permissions',
	'weak-password': 'password',
};

/** A refusal of the service, or `offline` if there was no answer at all. */
export class Problem extends Error {

	constructor(status, members, retryAfter = null, language = null) {
		super(members.detail ?? members.title ?? String(status));
		this.status = status;
		this.code = members.code ?? 'internal-error';
		this.members = members;
		this.retryAfter = retryAfter;
		this.language = language;
	}

	static async of(response) {
		const retryAfter = Number(response.headers.get('Retry-After')) || null;
		try {
			return new Problem(response.status, await response.json(), retryAfter, response.headers.get('Content-Language'));
		}
		catch {
			return new Problem(response.status, { code: response.status === 503 ? 'unavailable' : 'internal-error' }, retryAfter);
		}
	}

	/** A refusal that came within a stream. */
	static ofLine(members) {
		return new Problem(members.status, members, members.retryAfter ?? null);
	}

	static offline() {
		return new Problem(0, { code: 'offline' });
	}

	/** The form's field that the refusal is about, if there is one. */
	get field() {
		return this.members.field ?? FIELDS[this.code] ?? null;
	}

	/**
	 * What to tell the person. A link speaks its invitation's language, which need not be the page's; then
	 * our own words stand in for the common cases.
	 */
	get text() {
		const foreign = this.language !== null && !this.language.startsWith(currentLanguage());
		const detail = this.members.detail ?? t('problem.unknown');
		const text = foreign || this.code === 'offline' ? known(`problem.${this.code}`, detail) : detail;
		return this.retryAfter ? `${text} ${t('problem.wait', { wait: duration(this.retryAfter) })}` : text;
	}

}
