import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { confirm } from '../parts/dialog.js';
import { toast } from '../parts/toasts.js';

/** Removes a member, after asking. */
export async function remove(account, { userId, name, email }) {
	const done = await confirm({
		question: t('remove.question', { name }),
		explanation: t('remove.text', { name, email }),
		deed: () => new Account(account).remove(userId),
	});
	if (done) {
		toast(t('remove.done', { name }));
	}
	return done;
}
