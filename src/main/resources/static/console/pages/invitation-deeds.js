import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { confirm } from '../parts/dialog.js';
import { toast } from '../parts/toasts.js';

/** Whether an invitation can still be resent and revoked. */
export function isOpen({ status }) {
	return status === 'pending' || status === 'expired';
}

/** Sends an invitation again; says how it went. Answers whether anything may have changed. */
export async function resend(account, { id, email }) {
	try {
		await new Account(account).resend(id);
		toast(t('resend.done', { email }));
	}
	catch (problem) {
		toast(problem.text ?? t('trouble.text'), 'failed');
	}
	return true;
}

/** Takes an invitation back, after asking. */
export async function revoke(account, { id, email }) {
	const done = await confirm({
		question: t('revoke.question', { email }),
		explanation: t('revoke.text'),
		label: t('revoke.action'),
		deed: () => new Account(account).revoke(id),
	});
	if (done) {
		toast(t('revoke.done', { email }));
	}
	return done;
}
