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
import dev.latchkey.reactive.PeriodicTask;
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
	PeriodicTask expirySweepTask(ExpirySweep sweep, InvitationProperties properties) {
		return PeriodicTask.startingAfterOnePeriod("expiry sweep", properties.sweepInterval(), Schedulers.parallel(),
				sweep::sweep);
	}

	@Bean
	InvitationNotifier notifier(Feed feed, Outbox outbox, MeterRegistry registry, LimitCounter limits) {
		return new InvitationNotifier(feed, outbox, new InvitationCounters(registry), limits);
	}

	@Bean
	PeriodicTask oldestOverdue(DatabaseClient database, MeterRegistry registry, MetricsProperties properties) {
		return PolledGauge.register("latchkey.invitations.overdue.oldest",
				"How long the oldest overdue invitation has waited to be marked as expired",
				new OverdueAge(database).seconds(), registry, properties.pollInterval());
	}

	@Bean
	OwnedInvitations ownedInvitations(AccountAccess accountAccess, InvitationStore store) {
		return new OwnedInvitations(accountAccess, store);
	}

	@Bean
	RefusalReasons refusalReasons(AccountAccess accountAccess, OwnedInvitations invitations, InvitationStore store,
			DatabaseClient database, InvitationProperties properties, LimitCounter limits) {
		return new RefusalReasons(accountAccess, invitations, store, new InvitationLimits(database, properties, limits),
				new InviteeQuota(database, properties, limits));
	}

	@Bean
	PendingCapacity pendingCapacity(DatabaseClient database, ExpirySweep sweep, InvitationProperties properties) {
		return new PendingCapacity(database, sweep, properties);
	}

	@Bean
	InvitationStatements invitationStatements(DatabaseClient database, IdGenerator ids,
			InvitationProperties properties) {
		return new InvitationStatements(database, ids, properties);
	}

	@Bean
	Invitations invitations(InvitationStatements statements, RefusalReasons reasons, PendingCapacity capacity,
			OwnedInvitations invitations, CommandExecution execution, IdempotencyReceipts receipts,
			InvitationNotifier notifier) {
		return new Invitations(statements, reasons, capacity, invitations, execution, receipts, notifier);
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
	InvitationLinks invitationLinks(LinkTokens tokens, InvitationStore store) {
		return new InvitationLinks(tokens, store);
	}

	@Bean
	Acceptance acceptance(InvitationLinks links, InvitationStore store, InvitationStatements statements,
			CommandExecution execution, Users users, InvitationNotifier notifier) {
		return new Acceptance(links, store, statements, execution, users, notifier);
	}

	@Bean
	NewUserAcceptance newUserAcceptance(InvitationLinks links, InvitationStatements statements, Users users,
			Passwords passwords, TransactionalOperator transaction, InvitationNotifier notifier) {
		return new NewUserAcceptance(links, statements, users, passwords, transaction, notifier);
	}

	@Bean
	InviteeLanguage inviteeLanguage(InvitationLinks links) {
		return new InviteeLanguage(links);
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
	PeriodicTask reminderTask(Reminders reminders, InvitationProperties properties) {
		return PeriodicTask.startingAfterOnePeriod("reminder run", properties.sweepInterval(), Schedulers.parallel(),
				reminders::remind);
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
