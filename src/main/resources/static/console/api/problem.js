import { duration } from '../i18n/time.js';
import { currentLanguage, tWithFallback, t } from '../i18n/index.js';

const FIELDS = {
	'invalid-email': 'email',
	'invitation-pending': 'email',
	'already-member': 'email',
	'empty-permissions': 'permissions',
	'unknown-permission': 'permissions',
	'weak-password': 'password',
};

/** An error response of the service (RFC 9457), or `offline` if there was no response. */
export class Problem extends Error {

	constructor(status, body, retryAfter = null, language = null) {
		super(body.detail ?? body.title ?? String(status));
		this.status = status;
		this.code = body.code ?? 'internal-error';
		this.body = body;
		this.retryAfter = retryAfter;
		this.language = language;
	}

	static async ofResponse(response) {
		const retryAfter = Number(response.headers.get('Retry-After')) || null;
		try {
			return new Problem(response.status, await response.json(), retryAfter, response.headers.get('Content-Language'));
		}
		catch {
			return new Problem(response.status, { code: response.status === 503 ? 'unavailable' : 'internal-error' }, retryAfter);
		}
	}

	/** A problem that was reported within a stream. */
	static ofBody(body) {
		return new Problem(body.status, body, body.retryAfter ?? null);
	}

	static offline() {
		return new Problem(0, { code: 'offline' });
	}

	/** The form field that the problem is about; null if it is about none. */
	get field() {
		return this.body.field ?? FIELDS[this.code] ?? null;
	}

	/**
	 * The text for the user. Responses to a link are in the invitation's language, which can differ from
	 * the page's. For the common codes, the console then uses its own text.
	 */
	get text() {
		const isOtherLanguage = this.language !== null && !this.language.startsWith(currentLanguage());
		const detail = this.body.detail ?? t('problem.unknown');
		const text = isOtherLanguage || this.code === 'offline' ? tWithFallback(`problem.${this.code}`, detail) : detail;
		return this.retryAfter ? `${text} ${t('problem.wait', { wait: duration(this.retryAfter) })}` : text;
	}

}
