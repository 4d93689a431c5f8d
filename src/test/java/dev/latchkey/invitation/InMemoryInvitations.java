package dev.latchkey.invitation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The invitations of all accounts, in memory. A pending invitation is read as expired
 * after its expiry time.
 */
class InMemoryInvitations implements InvitationStore, InvitationListStore, ReceivedInvitations {

	private final InstantSource clock;

	private final Map<AccountId, Owned> accounts = new HashMap<>();

	private final List<Invitation> invitations = new ArrayList<>();

	private final Map<UUID, InvitationId> reminders = new HashMap<>();

	private final Map<List<Object>, PermissionSet> permissions = new HashMap<>();

	InMemoryInvitations(InstantSource clock) {
		this.clock = clock;
	}

	void addAccount(AccountId account, String name, UserId owner, String ownerName) {
		this.accounts.put(account, new Owned(name, owner, new HashMap<>(Map.of(owner, ownerName))));
	}

	void addMember(AccountId account, UserId user, PermissionSet held) {
		this.permissions.put(List.of(account, user), held);
	}

	void transfer(AccountId account, UserId newOwner, String name) {
		Owned owned = account(account);
		owned.names().put(newOwner, name);
		this.accounts.put(account, new Owned(owned.name(), newOwner, owned.names()));
	}

	void add(Invitation invitation) {
		this.invitations.add(invitation);
	}

	void addReminder(Invitation invitation, UUID reminder) {
		this.reminders.put(reminder, invitation.id());
	}

	@Override
	public Mono<Invitation> find(AccountId account, InvitationId id) {
		return Mono.justOrEmpty(of(account).filter((found) -> found.id().equals(id)).findFirst());
	}

	@Override
	public Mono<Invitation> findByReminder(AccountId account, UUID reminder) {
		return Mono.justOrEmpty(this.reminders.get(reminder)).flatMap((id) -> find(account, id));
	}

	@Override
	public Mono<PermissionSet> findPermissions(AccountId account, UserId user) {
		return Mono.justOrEmpty(this.permissions.get(List.of(account, user)));
	}

	@Override
	public Mono<Boolean> isInviterOwner(Invitation invitation) {
		return Mono.just(account(invitation.account()).owner().equals(invitation.inviter()));
	}

	@Override
	public Mono<InvitationParties> parties(Invitation invitation) {
		return Mono.just(partiesOf(invitation));
	}

	@Override
	public Mono<Snapshot> read(AccountId account, UserId owner, Filter filter, Page.Request request) {
		Owned owned = this.accounts.get(account);
		if (owned == null || !owned.owner().equals(owner)) {
			return Mono.empty();
		}
		List<Invitation> page = of(account).filter(matching(filter))
			.filter((found) -> request.cursor() == null || found.number() < request.cursor())
			.sorted(Comparator.comparingLong(Invitation::number).reversed())
			.limit(request.limit() + 1)
			.toList();
		return Mono.just(new Snapshot(page, counts(account), 0));
	}

	@Override
	public Flux<Offer> findPending(EmailAddress email) {
		return Flux.fromStream(this.invitations.stream()
			.map(this::atPresent)
			.filter(InMemoryInvitations::isPending)
			.filter((found) -> found.email().equals(email))
			.filter((found) -> account(found.account()).owner().equals(found.inviter()))
			.sorted(Comparator.comparing(Invitation::issuedAt).reversed())
			.limit(MAX_ROWS)
			.map((found) -> new Offer(found, partiesOf(found))));
	}

	private Owned account(AccountId account) {
		return Objects.requireNonNull(this.accounts.get(account));
	}

	private InvitationParties partiesOf(Invitation invitation) {
		Owned owned = account(invitation.account());
		return new InvitationParties(invitation.account(), owned.name(),
				Objects.requireNonNull(owned.names().get(invitation.inviter())));
	}

	private Stream<Invitation> of(AccountId account) {
		return this.invitations.stream().filter((found) -> found.account().equals(account)).map(this::atPresent);
	}

	private Invitation atPresent(Invitation stored) {
		Instant now = this.clock.instant();
		return (isPending(stored) && !stored.expiresAt().isAfter(now)) ? expired(stored) : stored;
	}

	private Counts counts(AccountId account) {
		return new Counts(count(account, InvitationStatus.PENDING), count(account, InvitationStatus.ACCEPTED),
				count(account, InvitationStatus.DECLINED), count(account, InvitationStatus.REVOKED),
				count(account, InvitationStatus.EXPIRED));
	}

	private int count(AccountId account, InvitationStatus status) {
		return (int) of(account).filter((found) -> found.status() == status).count();
	}

	private static Predicate<Invitation> matching(Filter filter) {
		Optional<InvitationStatus> status = Optional.ofNullable(filter.status());
		@Nullable String query = filter.query();
		return (found) -> status.map((wanted) -> wanted == found.status()).orElse(true)
				&& (query == null || found.email().value().toLowerCase(Locale.ROOT).contains(query)
						|| found.email().canonical().contains(EmailAddress.toAsciiLabels(query)));
	}

	private static boolean isPending(Invitation invitation) {
		return invitation.status() == InvitationStatus.PENDING;
	}

	private static Invitation expired(Invitation pending) {
		return new Invitation(pending.account(), pending.id(), pending.number(), pending.inviter(), pending.email(),
				pending.permissions(), pending.locale(), InvitationStatus.EXPIRED, pending.delivery(),
				pending.tokenVersion(), pending.version(), pending.sendCount(), pending.createdAt(), pending.issuedAt(),
				pending.expiresAt(), pending.expiresAt(), pending.acceptedBy(), pending.declineReason());
	}

	private record Owned(String name, UserId owner, Map<UserId, String> names) {

	}

}
