package dev.latchkey.invitation;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
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

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationProperties properties;

	private final AcceptInvitation accept;

	private final DeclineInvitation decline;

	R2dbcInvitationCommands(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.database = database;
		this.ids = ids;
		this.properties = properties;
		this.accept = new AcceptInvitation(database);
		this.decline = new DeclineInvitation(database);
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
	public Mono<Invitation> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		return this.accept.execute(link, user, email, name);
	}

	@Override
	public Mono<Invitation> decline(LinkToken link, @Nullable String reason) {
		return this.decline.execute(link, reason);
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
