package dev.latchkey.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.latchkey.model.Command.Draft;
import dev.latchkey.model.Command.Link;
import org.jspecify.annotations.Nullable;

/**
 * Generates random commands. Most of them fit the state of the model, so that many
 * succeed; the others are refused. There are few users, addresses, invitations and keys,
 * so that commands meet often.
 */
final class CommandGenerator {

	private static final int MAX_ACCOUNTS = 2;

	private static final List<List<String>> PERMISSIONS = List.of(List.of("invoices"), List.of("quotes"),
			List.of("invoices", "tickets"), List.of("domains"));

	/**
	 * Waits around the limits: a cooldown, a day, the lead time of reminders, a validity.
	 */
	private static final List<Integer> HOURS = List.of(0, 1, 1, 1, 2, 2, 23, 24, 48, 72, 120, 168);

	private static final List<String> PASSWORDS = List.of("seven purple otters", "eight purple otters");

	private final Random random;

	private final World world;

	private final List<Supplier<Command>> weighted = new ArrayList<>();

	CommandGenerator(long seed, World world) {
		this.random = new Random(seed);
		this.world = world;
		add(1, this::createAccount);
		add(1, () -> onAccount((account) -> new Command.SetValidity(account.number, owner(account), days())));
		add(1, () -> onAccount((account) -> new Command.SetLimits(account.number, limit(0, 4), limit(1, 9))));
		add(2, () -> onAccount((account) -> new Command.ReplaceOwner(account.number, member(account))));
		add(14, () -> onAccount(this::create));
		add(3, () -> onAccount((account) -> new Command.CreateMany(account.number, owner(account), drafts(account),
				key(), chance(30))));
		add(10, () -> onInvited(
				(account) -> new Command.Resend(account.number, owner(account), invitation(account), key())));
		add(3, () -> onInvited(
				(account) -> new Command.Revoke(account.number, owner(account), invitation(account), key())));
		add(4, () -> onInvited(this::edit));
		add(2, () -> onInvited((account) -> new Command.Preview(link(account), chance(50) ? user() : null)));
		add(10, () -> onInvited(this::accept));
		add(4, () -> onInvited((account) -> new Command.AcceptAsNewUser(link(account), password())));
		add(3, () -> onInvited((account) -> new Command.Decline(link(account), chance(50) ? "busy" : null)));
		addMemberCommands();
		add(3, BackgroundCommand.Sweep::new);
		add(4, BackgroundCommand.Remind::new);
		add(6, () -> onInvited((account) -> new BackgroundCommand.RecordDelivery(link(account), chance(85))));
		add(12, () -> new BackgroundCommand.PassTime(any(HOURS)));
	}

	private void addMemberCommands() {
		add(4, () -> onMembers(this::editMember));
		add(3, () -> onMembers(
				(account) -> new MemberCommand.RemoveMember(account.number, owner(account), member(account))));
		add(2, () -> onMembers((account) -> new MemberCommand.Leave(account.number, member(account))));
		add(2, () -> onMembers(this::offerOwnership));
		add(2, () -> onMembers((account) -> (account.offer == null && chance(80)) ? offerOwnership(account)
				: new MemberCommand.EndOffer(account.number, party(account))));
		add(4, () -> onMembers((account) -> (account.offer == null && chance(80)) ? offerOwnership(account)
				: new MemberCommand.AcceptOwnership(account.number, party(account))));
	}

	/**
	 * The next command.
	 * @param previous the commands before, one of which is sometimes repeated
	 */
	Command next(List<Command> previous) {
		if (this.world.accounts().isEmpty()) {
			return new Command.CreateAccount(Person.ANN, "Acme", "k1");
		}
		if (!previous.isEmpty() && chance(8)) {
			return any(previous.subList(Math.max(0, previous.size() - 5), previous.size()));
		}
		return any(this.weighted).get();
	}

	private void add(int weight, Supplier<Command> command) {
		for (int count = 0; count < weight; count++) {
			this.weighted.add(command);
		}
	}

	private Command onAccount(Function<ModelAccount, Command> command) {
		return command.apply(chance(80) ? this.world.account(1) : any(this.world.accounts()));
	}

	/**
	 * A command on an invitation; mostly a creation if the account has none.
	 */
	private Command onInvited(Function<ModelAccount, Command> command) {
		return onAccount((account) -> (account.invitations().isEmpty() && chance(90)) ? create(account)
				: command.apply(account));
	}

	/**
	 * A command on a member; mostly an acceptance if the account has only its owner.
	 */
	private Command onMembers(Function<ModelAccount, Command> command) {
		return onInvited(
				(account) -> (account.members().size() == 1 && chance(80)) ? accept(account) : command.apply(account));
	}

	private Command create(ModelAccount account) {
		return new Command.Create(account.number, owner(account), draft(account), key());
	}

	private Command createAccount() {
		boolean full = this.world.accounts().size() >= MAX_ACCOUNTS;
		return full ? new Command.CreateAccount(Person.ANN, any(List.of("Acme", "Acme", "Beta")), "k1")
				: new Command.CreateAccount(user(), any(List.of("Acme", "Beta")), key());
	}

	private Command edit(ModelAccount account) {
		int invitation = invitation(account);
		int version = account.find(invitation).map((found) -> found.version).orElse(1);
		return new Command.Edit(account.number, owner(account), invitation, permissions(), near(version));
	}

	private Command accept(ModelAccount account) {
		Link link = link(account);
		Person invitee = account.find(link.invitation()).map(ModelInvitation::invitee).orElse(Person.BOB);
		return new Command.Accept(link, (chance(80) && this.world.hasLogin(invitee)) ? invitee : user());
	}

	private Command editMember(ModelAccount account) {
		Person user = member(account);
		int version = account.findMember(user).map(ModelMember::version).orElse(1);
		return new MemberCommand.EditMember(account.number, owner(account), user, permissions(), near(version));
	}

	private Person owner(ModelAccount account) {
		return chance(90) ? account.owner() : user();
	}

	private Command offerOwnership(ModelAccount account) {
		return new MemberCommand.OfferOwnership(account.number, owner(account), member(account),
				chance(90) ? PASSWORDS.get(0) : PASSWORDS.get(1));
	}

	/**
	 * The user to whom the account is offered, the owner, or another one.
	 */
	private Person party(ModelAccount account) {
		return (account.offer != null && chance(70)) ? account.offer.newOwner() : member(account);
	}

	/**
	 * A member, mostly not the owner, or sometimes another person.
	 */
	private Person member(ModelAccount account) {
		List<Person> others = account.members()
			.stream()
			.map(ModelMember::user)
			.filter((user) -> user != account.owner())
			.toList();
		if (chance(15)) {
			return any(Arrays.asList(Person.values()));
		}
		return (others.isEmpty() || chance(15)) ? account.owner() : any(others);
	}

	/**
	 * A user with a login.
	 */
	private Person user() {
		return any(Arrays.stream(Person.values()).filter(this.world::hasLogin).toList());
	}

	/**
	 * A live invitation, one of the newest ones, or one that does not exist.
	 */
	private int invitation(ModelAccount account) {
		List<ModelInvitation> live = account.invitations()
			.stream()
			.filter((invitation) -> invitation.isLive(this.world.now()))
			.toList();
		if (!live.isEmpty() && chance(60)) {
			return any(live).number;
		}
		int count = account.invitations().size();
		return (count == 0 || chance(3)) ? count + 1 : count - this.random.nextInt(Math.min(count, 4));
	}

	private Link link(ModelAccount account) {
		int invitation = invitation(account);
		int version = account.find(invitation).map((found) -> found.link).orElse(1);
		int mailed = chance(80) ? version : Math.max(1, version - 1 + 2 * this.random.nextInt(2));
		return new Link(account.number, invitation, mailed);
	}

	private int near(int version) {
		return chance(80) ? version : version - 1 + 2 * this.random.nextInt(2);
	}

	private Draft draft(ModelAccount account) {
		return new Draft(invitee(account), permissions(), chance(25) ? days() : null);
	}

	private List<Draft> drafts(ModelAccount account) {
		List<Draft> drafts = new ArrayList<>();
		int count = 1 + this.random.nextInt(5);
		for (int line = 0; line < count; line++) {
			drafts.add(draft(account));
		}
		return drafts;
	}

	/**
	 * A person, mostly one who is not a member.
	 */
	private Person invitee(ModelAccount account) {
		List<Person> others = Arrays.stream(Person.values()).filter((person) -> !account.isMember(person)).toList();
		return (others.isEmpty() || chance(20)) ? any(Arrays.asList(Person.values())) : any(others);
	}

	private List<String> permissions() {
		return chance(3) ? List.of() : any(PERMISSIONS);
	}

	private @Nullable Integer days() {
		return chance(30) ? null : any(List.of(1, 3, 4, 10));
	}

	private @Nullable Integer limit(int lowest, int highest) {
		return chance(40) ? null : lowest + this.random.nextInt(highest - lowest + 1);
	}

	private @Nullable String key() {
		return chance(35) ? any(List.of("k1", "k2", "k3")) : null;
	}

	private String password() {
		return any(PASSWORDS);
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private <T> T any(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
