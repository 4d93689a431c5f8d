import { duration } from '../i18n/time.js';
import { t } from '../i18n/index.js';

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

	constructor(status, members, retryAfter = null) {
		super(members.detail ?? members.title ?? String(status));
		this.status = status;
		this.code = members.code ?? 'internal-error';
		this.members = members;
		this.retryAfter = retryAfter;
	}

	static async of(response) {
		const retryAfter = Number(response.headers.get('Retry-After')) || null;
		try {
			return new Problem(response.status, await response.json(), retryAfter);
		}
		catch {
			return new Problem(response.status, { code: response.status === 503 ? 'unavailable' : 'internal-error' }, retryAfter);
		}
	}

	static offline() {
		return new Problem(0, { code: 'offline' });
	}

	/** The form's field that the refusal is about, if there is one. */
	get field() {
		return this.members.field ?? FIELDS[this.code] ?? null;
	}

	/** What to tell the person. */
	get text() {
		const text = this.code === 'offline' ? t('problem.offline') : this.members.detail ?? t('problem.unknown');
		return this.retryAfter ? `${text} ${t('problem.wait', { wait: duration(this.retryAfter) })}` : text;
	}

}
