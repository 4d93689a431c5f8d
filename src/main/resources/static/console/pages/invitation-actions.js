import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { confirm } from '../components/dialog.js';
import { toast } from '../components/toasts.js';

/** Whether an invitation can be resent or revoked. */
export function isOpen({ status }) {
	return status === 'pending' || status === 'expired';
}

/** Resends an invitation and shows the result. Resolves to true, because the invitation may have changed. */
export async function resend(account, { id, email }) {
	try {
		await new Account(account).resend(id);
		toast(t('resend.done', { email }));
	}
	catch (problem) {
		toast(problem.text ?? t('error.text'), 'error');
	}
	return true;
}

/** Revokes an invitation after confirmation. Resolves to true if it was revoked. */
export async function revoke(account, { id, email }) {
	const confirmed = await confirm({
		question: t('revoke.question', { email }),
		explanation: t('revoke.text'),
		label: t('revoke.action'),
		action: () => new Account(account).revoke(id),
	});
	if (confirmed) {
		toast(t('revoke.done', { email }));
	}
	return confirmed;
}
