package dev.latchkey.invitation;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.Refusals;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Calls the database functions of the commands, one statement for each command.
 */
class R2dbcInvitationCommands implements InvitationCommands {

	private static final String CREATE = """
			select %s
			  from create_invitation(:account, :caller, :id, :mail, :email, :canonical, :mailbox, :permissions, :locale,
			                         :days, :validity, :maxPending, :maxCreations, :maxResends, :traceparent,
			                         :key, :fingerprint) r
			""".formatted(CommandOutcome.COLUMNS);

	private static final String RESEND = """
			select %s
			  from resend_invitation(:account, :caller, :id, :mail, :cooldown, :validity, :maxPending, :maxResends,
			                         :traceparent, :key, :fingerprint) r
			""".formatted(CommandOutcome.COLUMNS);

	private static final String REVOKE = """
			select %s from revoke_invitation(:account, :caller, :id, :key, :fingerprint) r
			""".formatted(CommandOutcome.COLUMNS);

	private static final String EDIT = """
			select %s from edit_invitation(:account, :caller, :id, :permissions, :version) r
			""".formatted(CommandOutcome.COLUMNS);

	private static final String ACCEPT = """
			select r.refusal, r.replayed, r.permissions
			  from accept_invitation(:account, :id, :version, :user, :email, :canonical, :name) r
			""";

	private static final String DECLINE = """
			select %s from decline_invitation(:account, :id, :version, :reason) r
			""".formatted(CommandOutcome.COLUMNS);

	private static final String RECORD_DELIVERY = """
			select recorded from record_delivery(:account, :id, :version, :sent) recorded
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationProperties properties;

	R2dbcInvitationCommands(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.database = database;
		this.ids = ids;
		this.properties = properties;
	}

	@Override
	public Mono<CommandOutcome> create(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key) {
		EmailAddress email = invitation.email();
		Locale locale = invitation.locale();
		ValidityDays validity = invitation.validity();
		GenericExecuteSpec call = call(CREATE, account, caller).bind("id", this.ids.get())
			.bind("mail", this.ids.get())
			.bind("email", email.value())
			.bind("canonical", email.canonical())
			.bind("mailbox", email.mailbox())
			.bind("permissions", keys(invitation.permissions()))
			.bind("locale", Columns.orNull(R2dbcType.VARCHAR, (locale != null) ? locale.toLanguageTag() : null))
			.bind("days", Columns.orNull(R2dbcType.INTEGER, (validity != null) ? validity.days() : null))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("maxPending", this.properties.maxPending())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.bind("maxResends", this.properties.maxResendsPerDay());
		return executeWithMail(IdempotencyKey.bind(call, key));
	}

	@Override
	public Mono<CommandOutcome> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		GenericExecuteSpec call = call(RESEND, account, caller).bind("id", id.value())
			.bind("mail", this.ids.get())
			.bind("cooldown", Intervals.seconds(this.properties.resendCooldown()))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("maxPending", this.properties.maxPending())
			.bind("maxResends", this.properties.maxResendsPerDay());
		return executeWithMail(IdempotencyKey.bind(call, key));
	}

	@Override
	public Mono<CommandOutcome> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return execute(IdempotencyKey.bind(call(REVOKE, account, caller).bind("id", id.value()), key));
	}

	@Override
	public Mono<CommandOutcome> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version) {
		return execute(call(EDIT, account, caller).bind("id", id.value())
			.bind("permissions", keys(permissions))
			.bind("version", version));
	}

	@Override
	public Mono<CommandResult<Membership>> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		GenericExecuteSpec call = call(ACCEPT, link).bind("user", user.value())
			.bind("email", email.value())
			.bind("canonical", email.canonical())
			.bind("name", name);
		return Refusals.resultOf(call, (row) -> acceptance(link, row));
	}

	@Override
	public Mono<CommandResult<Invitation>> decline(LinkToken link, @Nullable String reason) {
		return execute(call(DECLINE, link).bind("reason", Columns.orNull(R2dbcType.VARCHAR, reason)))
			.flatMap(CommandOutcome::result);
	}

	@Override
	public Mono<Boolean> recordDelivery(AccountId account, InvitationId id, int version, boolean sent) {
		return this.database.sql(RECORD_DELIVERY)
			.bind("account", account.value())
			.bind("id", id.value())
			.bind("version", version)
			.bind("sent", sent)
			.map((row) -> Columns.booleanValue(row, "recorded"))
			.one();
	}

	private GenericExecuteSpec call(String sql, LinkToken link) {
		return this.database.sql(sql)
			.bind("account", link.scope())
			.bind("id", link.subject())
			.bind("version", link.version());
	}

	private static CommandResult<Membership> acceptance(LinkToken link, Readable row) {
		PermissionSet permissions = PermissionSet.ofKeys(Columns.strings(row, "permissions"));
		return new CommandResult<>(
				new Membership(InvitationLinks.account(link), new InvitationId(link.subject()), permissions),
				Columns.booleanValue(row, "replayed"));
	}

	private GenericExecuteSpec call(String sql, AccountId account, UserId caller) {
		return this.database.sql(sql).bind("account", account.value()).bind("caller", caller.value());
	}

	private static Mono<CommandOutcome> executeWithMail(GenericExecuteSpec call) {
		return Mono.deferContextual((context) -> execute(call.bind("traceparent", Traceparent.of(context))));
	}

	private static Mono<CommandOutcome> execute(GenericExecuteSpec call) {
		return call.map(CommandOutcome::of).one();
	}

	private static String[] keys(PermissionSet permissions) {
		return permissions.keys().toArray(String[]::new);
	}

}
