import { call, newIdempotencyKey, get, post } from './client.js';

/** The API of one account. */
export class Account {

	constructor(id) {
		this.id = id;
		this.path = `/accounts/${id}`;
	}

	members(query, options) {
		return get(`${this.path}/members${queryString(query)}`, options);
	}

	member(user) {
		return get(`${this.path}/members/${user}`);
	}

	ownMembership() {
		return get(`${this.path}/members/me`);
	}

	removeMember(user) {
		return call('DELETE', `${this.path}/members/${user}`);
	}

	leave() {
		return call('DELETE', `${this.path}/members/me`);
	}

	invitations(query, options) {
		return get(`${this.path}/invitations${queryString(query)}`, options);
	}

	invitation(id) {
		return get(`${this.path}/invitations/${id}`);
	}

	offerOwnership(userId, password) {
		return call('PUT', `${this.path}/ownership-transfer`, { json: { userId, password } });
	}

	/** Withdraws the offer as the owner, or declines it as the member. */
	endOwnershipOffer() {
		return call('DELETE', `${this.path}/ownership-transfer`);
	}

	acceptOwnership() {
		return post(`${this.path}/ownership-transfer/accept`);
	}

	/** Creates an invitation. Fields that are undefined get the account's defaults. */
	invite(invitation, key) {
		return post(`${this.path}/invitations`, invitation, { headers: { 'Idempotency-Key': key } });
	}

	resend(id) {
		return post(`${this.path}/invitations/${id}/resend`, undefined, { headers: { 'Idempotency-Key': newIdempotencyKey() } });
	}

	revoke(id) {
		return post(`${this.path}/invitations/${id}/revoke`, undefined, { headers: { 'Idempotency-Key': newIdempotencyKey() } });
	}

	/** Reads the permissions of a member or an invitation (`kind` is `members` or `invitations`), with their version. */
	permissions(kind, id) {
		return get(`${this.path}/${kind}/${id}/permissions`);
	}

	/** Replaces the permissions if they still have the version that was read. */
	replacePermissions(kind, id, permissions, version) {
		return call('PUT', `${this.path}/${kind}/${id}/permissions`,
			{ json: { permissions }, headers: { 'If-Match': `"${version}"` } });
	}

	events(query, options) {
		return get(`${this.path}/events${queryString(query)}`, options);
	}

}

function queryString(query) {
	const parameters = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value));
	const text = parameters.toString();
	return text ? '?' + text : '';
}
