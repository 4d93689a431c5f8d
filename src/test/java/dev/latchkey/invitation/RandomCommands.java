package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.latchkey.account.Accounts;
import dev.latchkey.account.Members;
import dev.latchkey.command.CommandResult;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestUsers;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Runs random commands for a few invitees of a few accounts, many at the same time. Each
 * command uses the state that was read last for its target, which is often out of date.
 * All results are counted.
 */
final class RandomCommands {

	private final Service service;

	private final Invitations invitations;

	private final Acceptance acceptance;

	private final Members members;

	private final List<Target> targets;

	private final Map<String, LongAdder> results = new ConcurrentSkipListMap<>();

	private final Map<String, Function<Target, Mono<?>>> commands = new TreeMap<>();

	private final List<String> names;

	RandomCommands(Service service, int accounts, int inviteesPerAccount) {
		this.service = service;
		this.invitations = service.bean(Invitations.class);
		this.acceptance = service.bean(Acceptance.class);
		this.members = service.bean(Members.class);
		List<Caller> invitees = IntStream.range(0, inviteesPerAccount).mapToObj((number) -> aCaller()).toList();
		this.targets = IntStream.range(0, accounts)
			.mapToObj((number) -> aCaller())
			.flatMap((owner) -> targets(owner, invitees).stream())
			.toList();
		this.commands.put("create", this::create);
		this.commands.put("resend", this::resend);
		this.commands.put("revoke", this::revoke);
		this.commands.put("decline", (target) -> this.acceptance.decline(token(target), null));
		this.commands.put("accept", (target) -> this.acceptance.accept(token(target), target.invitee()));
		this.commands.put("edit", this::edit);
		this.commands.put("edit member", this::editMember);
		this.commands.put("remove",
				(target) -> this.members.remove(target.account(), target.owner(), target.invitee().user()));
		this.commands.put("leave", (target) -> this.members.leave(target.account(), target.invitee().user()));
		this.commands.put("sweep", (target) -> service.bean(ExpirySweep.class).sweep());
		this.commands.put("age", this::age);
		this.commands.put("deliver", this::recordDelivery);
		// The weight of each command. All others lead to a state that allows a creation
		// again.
		this.names = List.of("create", "create", "create", "create", "resend", "resend", "resend", "revoke", "decline",
				"accept", "accept", "accept", "edit", "edit", "edit member", "remove", "leave", "sweep", "age",
				"deliver");
	}

	/**
	 * Runs random commands.
	 * @param attempts how many commands
	 * @param concurrency how many of them at the same time
	 */
	void run(int attempts, int concurrency) {
		Flux.range(0, attempts).flatMap((attempt) -> runOne(), concurrency).blockLast();
	}

	/**
	 * How often each command had each result, by "command: result".
	 */
	Map<String, Long> results() {
		Map<String, Long> counts = new TreeMap<>();
		this.results.forEach((result, count) -> counts.put(result, count.sum()));
		return counts;
	}

	/**
	 * A signed-in caller who has no row in the database.
	 */
	static Caller aCaller() {
		return new Caller(new UserId(UUID.randomUUID()), new SessionId(UUID.randomUUID()),
				EmailAddress.of(TestUsers.anAddress()), "Somebody", Instant.MAX, Duration.ZERO);
	}

	private List<Target> targets(Caller owner, List<Caller> invitees) {
		AccountId account = Objects
			.requireNonNull(
					this.service.bean(Accounts.class).create(owner, "Raced", Locale.ENGLISH, Optional.empty()).block())
			.value()
			.id();
		return invitees.stream()
			.map((invitee) -> new Target(account, owner.user(), invitee, new AtomicReference<>()))
			.toList();
	}

	private Mono<String> runOne() {
		Target target = randomOf(this.targets);
		String picked = (target.lastRead().get() != null) ? randomOf(this.names) : "create";
		return Mono.defer(() -> Objects.requireNonNull(this.commands.get(picked)).apply(target))
			.map((done) -> (done instanceof CommandResult<?> result && result.replayed()) ? "repeated" : "ok")
			.defaultIfEmpty("ok")
			.onErrorResume(DomainException.class, (problem) -> problemCode(target, problem))
			.onErrorResume((error) -> Mono.just(error.toString()))
			.map((result) -> picked + ": " + result)
			.doOnNext((result) -> this.results.computeIfAbsent(result, (first) -> new LongAdder()).increment());
	}

	private Mono<String> problemCode(Target target, DomainException problem) {
		Mono<Invitation> pending = (problem.code() == ProblemCode.INVITATION_PENDING)
				? this.invitations.find(target.account(), target.owner(),
						new InvitationId(UUID.fromString(String.valueOf(problem.properties().get("invitationId")))))
				: Mono.empty();
		return pending.doOnNext(target.lastRead()::set).thenReturn(problem.code().code());
	}

	private Mono<?> create(Target target) {
		return this.invitations
			.create(target.account(), target.owner(),
					new NewInvitation(target.invitee().email(), permissions(), null, null), Optional.empty())
			.map(CommandResult::value)
			.doOnNext(target.lastRead()::set);
	}

	private Mono<?> resend(Target target) {
		return this.invitations.resend(target.account(), target.owner(), target.latest().id(), Optional.empty())
			.map(CommandResult::value)
			.doOnNext(target.lastRead()::set);
	}

	private Mono<?> revoke(Target target) {
		return this.invitations.revoke(target.account(), target.owner(), target.latest().id(), Optional.empty());
	}

	private Mono<?> edit(Target target) {
		Invitation read = target.latest();
		return this.invitations
			.editPermissions(target.account(), target.owner(), read.id(), permissions(), read.version())
			.doOnNext(target.lastRead()::set);
	}

	private Mono<?> editMember(Target target) {
		UserId user = target.invitee().user();
		return this.members.find(target.account(), target.owner(), user)
			.flatMap((read) -> this.members.editPermissions(target.account(), target.owner(), user, permissions(),
					read.version()));
	}

	/**
	 * Lets 8 days pass for one invitation.
	 */
	private Mono<?> age(Target target) {
		return this.service.bean(DatabaseClient.class)
			.sql("update invitation set issued_at = issued_at - interval '8 days',"
					+ " expires_at = expires_at - interval '8 days'"
					+ " where account_id = (select id from account where id = :account for no key update)"
					+ " and id = :id and status = 'PENDING'")
			.bind("account", target.account().value())
			.bind("id", target.latest().id().value())
			.then();
	}

	private Mono<?> recordDelivery(Target target) {
		Invitation mailed = target.latest();
		QueuedMail mail = new QueuedMail(target.account().value(), UUID.randomUUID(), "invitation", mailed.id().value(),
				mailed.tokenVersion(), 1);
		return this.service.bean(InvitationMail.class).recordOutcome(mail, ThreadLocalRandom.current().nextBoolean());
	}

	private String token(Target target) {
		Invitation mailed = target.latest();
		boolean isOldLink = mailed.tokenVersion() > 1 && ThreadLocalRandom.current().nextInt(5) == 0;
		return this.service.bean(LinkTokens.class)
			.issue(LinkToken.Purpose.INVITATION, target.account().value(), mailed.id().value(),
					isOldLink ? mailed.tokenVersion() - 1 : mailed.tokenVersion())
			.text();
	}

	private static PermissionSet permissions() {
		return PermissionSet.ofKeys(List.of("invoices", randomOf(PermissionSet.all().keys())));
	}

	private static <T> T randomOf(List<T> values) {
		return values.get(ThreadLocalRandom.current().nextInt(values.size()));
	}

	/**
	 * One invitee of one account.
	 *
	 * @param lastRead the newest state of the invitation that a command has read
	 */
	private record Target(AccountId account, UserId owner, Caller invitee, AtomicReference<Invitation> lastRead) {

		Invitation latest() {
			return Objects.requireNonNull(this.lastRead.get());
		}

	}

}
