import { call, commandKey, get, post } from './client.js';

/** The public API of one account, as its owner uses it. */
export class Account {

	constructor(id) {
		this.id = id;
		this.path = `/accounts/${id}`;
	}

	members(query, options) {
		return get(`${this.path}/members${search(query)}`, options);
	}

	member(user) {
		return get(`${this.path}/members/${user}`);
	}

	ownMembership() {
		return get(`${this.path}/members/me`);
	}

	remove(user) {
		return call('DELETE', `${this.path}/members/${user}`);
	}

	leave() {
		return call('DELETE', `${this.path}/members/me`);
	}

	invitations(query, options) {
		return get(`${this.path}/invitations${search(query)}`, options);
	}

	invitation(id) {
		return get(`${this.path}/invitations/${id}`);
	}

	offerOwnership(userId, password) {
		return call('PUT', `${this.path}/ownership-transfer`, { json: { userId, password } });
	}

	/** Withdraws or declines. */
	endOwnershipOffer() {
		return call('DELETE', `${this.path}/ownership-transfer`);
	}

	acceptOwnership() {
		return post(`${this.path}/ownership-transfer/accept`);
	}

	/** Invites; what is undefined is as the account has it. */
	invite(invitation, key) {
		return post(`${this.path}/invitations`, invitation, { headers: { 'Idempotency-Key': key } });
	}

	resend(id) {
		return post(`${this.path}/invitations/${id}/resend`, undefined, { headers: { 'Idempotency-Key': commandKey() } });
	}

	revoke(id) {
		return post(`${this.path}/invitations/${id}/revoke`, undefined, { headers: { 'Idempotency-Key': commandKey() } });
	}

	/** Reads what a member has or an invitation offers. */
	permissionsOf(kind, id) {
		return get(`${this.path}/${kind}/${id}/permissions`);
	}

	/** Replaces it, if it is still of the version that was read. */
	replacePermissions(kind, id, permissions, version) {
		return call('PUT', `${this.path}/${kind}/${id}/permissions`,
			{ json: { permissions }, headers: { 'If-Match': `"${version}"` } });
	}

	events(query, options) {
		return get(`${this.path}/events${search(query)}`, options);
	}

}

function search(query) {
	const parameters = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value));
	const text = parameters.toString();
	return text ? '?' + text : '';
}
