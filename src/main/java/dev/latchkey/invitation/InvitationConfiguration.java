package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.command.CommandExecution;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.observability.MetricsProperties;
import dev.latchkey.observability.PolledGauge;
import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires invitations.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InvitationProperties.class)
class InvitationConfiguration {

	@Bean
	InvitationStore invitationStore(DatabaseClient database) {
		return new InvitationStore(database);
	}

	@Bean
	ExpirySweep expirySweep(DatabaseClient database, InvitationNotifier notifier, InvitationProperties properties) {
		return new ExpirySweep(database, notifier, properties.sweepBatchSize());
	}

	@Bean
	SweepLoop sweepLoop(ExpirySweep sweep, InvitationProperties properties) {
		return new SweepLoop("expiry sweep", sweep::sweep, properties.sweepInterval(), Schedulers.parallel());
	}

	@Bean
	InvitationNotifier notifier(Feed feed, Outbox outbox, MeterRegistry registry, LimitCounter limits) {
		return new InvitationNotifier(feed, outbox, new InvitationCounters(registry), limits);
	}

	@Bean
	PolledGauge oldestOverdue(DatabaseClient database, MeterRegistry registry, MetricsProperties properties) {
		return new PolledGauge("latchkey.invitations.overdue.oldest",
				"For how long the oldest invitation that ran out has not been marked",
				new OverdueAge(database).seconds(), registry, properties.pollInterval());
	}

	@Bean
	RefusalReasons refusalReasons(AccountAccess accountAccess, InvitationStore store, DatabaseClient database,
			ExpirySweep sweep, InvitationProperties properties, LimitCounter limits) {
		return new RefusalReasons(accountAccess, store, new InvitationLimits(database, sweep, properties, limits),
				new InviteeQuota(database, limits), properties, limits);
	}

	@Bean
	InvitationCommands invitationCommands(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		return new InvitationCommands(new CreateInvitation(database, ids, properties),
				new ResendInvitation(database, ids, properties), new RevokeInvitation(database),
				new EditInvitation(database));
	}

	@Bean
	InviteeCommands inviteeCommands(DatabaseClient database) {
		return new InviteeCommands(new AcceptInvitation(database), new DeclineInvitation(database));
	}

	@Bean
	Invitations invitations(InvitationCommands commands, RefusalReasons refusals, InvitationStore store,
			CommandExecution execution, IdempotencyReceipts receipts, AccountAccess accountAccess,
			InvitationNotifier notifier) {
		return new Invitations(commands, refusals, store, execution, receipts, accountAccess, notifier);
	}

	@Bean
	BulkInvitations bulkInvitations(DatabaseClient database, IdempotencyReceipts receipts, AccountAccess accountAccess,
			TransactionalOperator transaction, InvitationNotifier notifier, InvitationProperties properties,
			IdGenerator ids) {
		return new BulkInvitations(accountAccess, new BulkReads(database, receipts, properties),
				new BulkWrites(database, receipts, properties), transaction, notifier, properties, ids);
	}

	@Bean
	InvitationQueries invitationQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		return new InvitationQueries(database, accountAccess, feed);
	}

	@Bean
	DeliveryReports deliveryReports(DatabaseClient database) {
		return new DeliveryReports(database);
	}

	@Bean
	ReceivedInvitations receivedInvitations(DatabaseClient database) {
		return new ReceivedInvitations(database);
	}

	@Bean
	Acceptance acceptance(LinkTokens tokens, InvitationStore store, InviteeCommands commands,
			CommandExecution execution, Users users, Passwords passwords, TransactionalOperator transaction,
			InvitationNotifier notifier) {
		return new Acceptance(tokens, store, commands, execution, users, passwords, transaction, notifier);
	}

	@Bean
	InviteeLanguage inviteeLanguage(LinkTokens tokens, InvitationStore store) {
		return new InviteeLanguage(tokens, store);
	}

	@Bean
	InvitationMails invitationMails(InvitationStore store, MailedLinks links, Languages languages) {
		return new InvitationMails(store, links, languages);
	}

	@Bean
	InvitationMail invitationMail(InvitationStore store, DatabaseClient database, InvitationMails mails,
			InvitationNotifier notifier) {
		return new InvitationMail(store, new RecordDelivery(database), mails, notifier);
	}

	@Bean
	Reminders reminders(DatabaseClient database, IdGenerator ids, InvitationNotifier notifier,
			InvitationProperties properties) {
		return new Reminders(database, ids, notifier, properties.reminderLeadTime());
	}

	@Bean
	SweepLoop reminderLoop(Reminders reminders, InvitationProperties properties) {
		return new SweepLoop("reminder", reminders::remind, properties.sweepInterval(), Schedulers.parallel());
	}

	@Bean
	ReminderMail reminderMail(InvitationStore store, InvitationMails mails) {
		return new ReminderMail(store, mails);
	}

	@Bean
	PurgeTask invitationPurge(DatabaseClient database, RetentionProperties properties, AccountPurgeListener listener) {
		Duration age = properties.invitations();
		return (age != null) ? new InvitationPurge(database, age, properties.purgeBatchSize(), listener)
				: PurgeTask.keepForever(InvitationPurge.NAME);
	}

	@Bean
	PurgeTask inviteeQuotaPurge(DatabaseClient database, RetentionProperties properties) {
		return InviteeQuotaPurge.task(database, properties);
	}

}
