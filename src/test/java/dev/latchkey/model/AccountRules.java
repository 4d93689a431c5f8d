package dev.latchkey.model;

import java.util.Map;

import dev.latchkey.model.Command.CreateAccount;
import dev.latchkey.model.Command.ReplaceOwner;
import dev.latchkey.model.Command.SetLimits;
import dev.latchkey.model.Command.SetValidity;
import dev.latchkey.model.World.Receipt;

/**
 * The rules for accounts and their settings.
 */
final class AccountRules {

	private final World world;

	AccountRules(World world) {
		this.world = world;
	}

	Result createAccount(CreateAccount command) {
		Map<String, Receipt> receipts = this.world.receipts(command.caller());
		Receipt receipt = (command.key() != null) ? receipts.get(command.key()) : null;
		if (receipt != null) {
			int created = receipt.requireSubject(command.content());
			this.world.requireMember(this.world.account(created), command.caller());
			return Result.repeated().with("account", created);
		}
		int number = this.world.accounts().size() + 1;
		ModelAccount account = new ModelAccount(number, command.caller(), this.world.now());
		this.world.accounts().add(account);
		account.append(Event.by(command.caller(), "account.created"), this.world.now());
		if (command.key() != null) {
			receipts.put(command.key(), new Receipt(command.content(), number));
		}
		return Result.ok().with("account", number);
	}

	Result setValidity(SetValidity command) {
		ModelAccount account = this.world.account(command.account());
		this.world.requireOwner(account, command.caller());
		account.validDays = command.days();
		account.append(Event.by(command.caller(), "account.validity-changed"), this.world.now());
		return Result.ok();
	}

	Result setLimits(SetLimits command) {
		ModelAccount account = this.world.account(command.account());
		account.maxPending = command.maxPending();
		account.maxCreations = command.maxCreations();
		return Result.ok();
	}

	Result replaceOwner(ReplaceOwner command) {
		ModelAccount account = this.world.account(command.account());
		account.findMember(command.newOwner()).ifPresent((newOwner) -> {
			account.put(this.world.requireMember(account, account.owner()).with(ModelMember.ALL));
			account.put(this.world.requireMember(account, newOwner.user()).with(ModelMember.ALL));
			account.setOwner(newOwner.user());
			account.membersVersion++;
			account.offer = null;
		});
		return Result.ok();
	}

}
