import { Account } from '../api/account.js';
import { t } from '../i18n/index.js';
import { confirm } from '../components/dialog.js';
import { toast } from '../components/toasts.js';

/** Removes a member after confirmation. Resolves to true if the member was removed. */
export async function removeMember(account, { userId, name, email }) {
	const confirmed = await confirm({
		question: t('remove.question', { name }),
		explanation: t('remove.text', { name, email }),
		action: () => new Account(account).removeMember(userId),
	});
	if (confirmed) {
		toast(t('remove.done', { name }));
	}
	return confirmed;
}
