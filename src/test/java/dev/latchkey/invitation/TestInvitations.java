package dev.latchkey.invitation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.account.OwnedAccount;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.session.SessionFixture;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.ImmediateTransactions;
import dev.latchkey.user.User;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.OWNER;

/**
 * The services of invitations without a database: reads come from memory, and commands
 * return prepared results.
 */
public final class TestInvitations {

	/** A member of the account that is not the owner. */
	public static final UserId MEMBER = new UserId(UUID.fromString("018f0000-0000-7000-8000-00000000000c"));

	/** The settings of invitations, with their defaults. */
	public static final InvitationProperties PROPERTIES = new InvitationProperties(Duration.ofDays(7),
			Duration.ofDays(2), Duration.ofSeconds(60), 10, 500, 500, Duration.ofSeconds(60), Duration.ofSeconds(15),
			1000);

	private final InMemoryInvitations store = new InMemoryInvitations(InstantSource.system());

	private final StubCommands commands = new StubCommands();

	private final StubBulkStore bulkStore = new StubBulkStore();

	private final List<AccountId> notified = new ArrayList<>();

	private final LinkTokens tokens = new LinkTokens(
			List.of(LinkTokens.Key.of(1, "k".repeat(32).getBytes(StandardCharsets.US_ASCII))));

	private final AccountAccess access = OwnedAccount.access(ACCOUNT, OWNER, MEMBER);

	private final InvitationNotifier notifier = new InvitationNotifier(this.notified::add, () -> {
	}, new InvitationCounters(new SimpleMeterRegistry()), new LimitCounter(new SimpleMeterRegistry()));

	private final InvitationLinks links = new InvitationLinks(this.tokens, this.store);

	private @Nullable User login;

	public TestInvitations() {
		this.store.addAccount(ACCOUNT, "Acme", OWNER, "Ann");
	}

	public Invitation add(InvitationBuilder invitation) {
		Invitation added = invitation.build();
		this.store.add(added);
		return added;
	}

	/**
	 * Sets what all commands return. Without it they are refused.
	 */
	public void commandsReturn(Invitation invitation) {
		this.commands.willReturn(invitation);
	}

	/**
	 * Sets that an earlier request with the same key has executed all commands.
	 */
	public void commandsReplay(Invitation invitation) {
		this.commands.willReturn(new CommandOutcome(invitation, null, null, true, 0));
	}

	/**
	 * Sets why all commands are refused.
	 */
	public void commandsAreRefused(DomainException refusal) {
		this.commands.willReturn(CommandOutcome.refused(refusal));
	}

	/**
	 * The executed commands: the name, and then the parameters.
	 */
	public List<List<@Nullable Object>> commands() {
		return this.commands.calls();
	}

	public void addMember(UserId user, String... permissions) {
		this.store.addMember(ACCOUNT, user, PermissionSet.ofKeys(List.of(permissions)));
	}

	public void addLogin(User user) {
		this.login = user;
	}

	/**
	 * Sets the result of rows for an address in bulk requests. Without one they are
	 * created.
	 * @param result returns the result for the number of a line
	 */
	public void bulkReturns(String address, LongFunction<BulkResult> result) {
		this.bulkStore.willReturn(address, result);
	}

	public void failBulkAfter(int batches) {
		this.bulkStore.batchesUntilFailure = batches;
	}

	/**
	 * The rows that bulk requests were to create.
	 */
	public List<BulkLine.Row> bulkRows() {
		return this.bulkStore.created;
	}

	/**
	 * The accounts whose watchers were notified.
	 */
	public List<AccountId> notified() {
		return this.notified;
	}

	public LinkToken link(Invitation invitation) {
		return link(invitation, invitation.tokenVersion());
	}

	public LinkToken link(Invitation invitation, int version) {
		return this.tokens.issue(LinkToken.Purpose.INVITATION, invitation.account().value(), invitation.id().value(),
				version);
	}

	public Invitations invitations() {
		return new Invitations(this.commands, this.access, this.store, this.notifier);
	}

	public InvitationQueries queries() {
		return new InvitationQueries(this.store, this.access, (seq) -> Mono.just(new FeedPosition(77, seq)));
	}

	public BulkInvitations bulk() {
		return new BulkInvitations(this.access, this.bulkStore, this.notifier);
	}

	public Acceptance acceptance() {
		return new Acceptance(this.links, this.store, this.commands,
				(email) -> Mono.justOrEmpty(this.login).filter((user) -> user.address().equals(email)), this.notifier);
	}

	/**
	 * Acceptance for new users, whose logins the fixture stores.
	 */
	NewUserAcceptance newUserAcceptance(SessionFixture logins) {
		RegisteringAcceptance registering = new RegisteringAcceptance(this.links, this.commands, logins.users().users(),
				logins.users().passwords(), new ImmediateTransactions(), this.notifier);
		return new RepeatableAcceptance(registering, this.links, logins.signIn());
	}

	public InviteeLanguage language() {
		return new InviteeLanguage(this.links);
	}

	public ReceivedInvitations received() {
		return this.store;
	}

}
