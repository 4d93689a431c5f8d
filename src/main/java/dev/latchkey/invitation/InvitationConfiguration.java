package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.Outbox;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.observability.MetricsProperties;
import dev.latchkey.observability.PolledGauge;
import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import dev.latchkey.reactive.PeriodicTask;
import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.session.SignIn;
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
		return new R2dbcInvitationStore(database);
	}

	@Bean
	ExpirySweep expirySweep(DatabaseClient database, InvitationNotifier notifier, InvitationProperties properties) {
		return new ExpirySweep(database, notifier, properties.sweepBatchSize());
	}

	@Bean
	PeriodicTask expirySweepTask(ExpirySweep sweep, InvitationProperties properties, Outages outages) {
		return PeriodicTask.startingAfterOnePeriod(outages.ofRounds("The expiry sweep"), properties.sweepInterval(),
				Schedulers.parallel(), sweep::sweep);
	}

	@Bean
	InvitationNotifier notifier(Feed feed, Outbox outbox, MeterRegistry registry, LimitCounter limits) {
		return new InvitationNotifier(feed::notifyAppended, outbox::wakeRelay, new InvitationCounters(registry),
				limits);
	}

	@Bean
	PeriodicTask oldestOverdue(DatabaseClient database, MeterRegistry registry, MetricsProperties properties,
			Outages outages) {
		return PolledGauge.register("latchkey.invitations.overdue.oldest",
				"How long the oldest overdue invitation has waited to be marked as expired",
				new OverdueAge(database).seconds(), registry, properties.pollInterval(), outages);
	}

	@Bean
	InvitationCommands invitationCommands(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		return new R2dbcInvitationCommands(database, ids, properties);
	}

	@Bean
	Invitations invitations(InvitationCommands commands, AccountAccess accountAccess, InvitationStore store,
			InvitationNotifier notifier) {
		return new Invitations(commands, accountAccess, store, notifier);
	}

	@Bean
	BulkInvitations bulkInvitations(DatabaseClient database, AccountAccess accountAccess,
			TransactionalOperator transaction, InvitationNotifier notifier, InvitationProperties properties,
			IdGenerator ids) {
		return new BulkInvitations(accountAccess, new R2dbcBulkStore(database, transaction, ids, properties), notifier);
	}

	@Bean
	InvitationQueries invitationQueries(DatabaseClient database, AccountAccess accountAccess, Feed feed) {
		return new InvitationQueries(new R2dbcInvitationListStore(database), accountAccess, feed::position);
	}

	@Bean
	DeliveryReports deliveryReports(DatabaseClient database) {
		return new R2dbcDeliveryReports(database);
	}

	@Bean
	ReceivedInvitations receivedInvitations(DatabaseClient database) {
		return new R2dbcReceivedInvitations(database);
	}

	@Bean
	InvitationLinks invitationLinks(LinkTokens tokens, InvitationStore store) {
		return new InvitationLinks(tokens, store);
	}

	@Bean
	Acceptance acceptance(InvitationLinks links, InvitationStore store, InvitationCommands commands, Users users,
			InvitationNotifier notifier) {
		return new Acceptance(links, store, commands, users::find, notifier);
	}

	@Bean
	RegisteringAcceptance registeringAcceptance(InvitationLinks links, InvitationCommands commands, Users users,
			Passwords passwords, TransactionalOperator transaction, InvitationNotifier notifier) {
		return new RegisteringAcceptance(links, commands, users, passwords, transaction, notifier);
	}

	@Bean
	NewUserAcceptance newUserAcceptance(RegisteringAcceptance registering, InvitationLinks links, SignIn signIn) {
		return new RepeatableAcceptance(registering, links, signIn);
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
	InvitationMail invitationMail(InvitationStore store, InvitationCommands commands, InvitationMails mails,
			InvitationNotifier notifier) {
		return new InvitationMail(store, commands, mails, notifier);
	}

	@Bean
	Reminders reminders(DatabaseClient database, IdGenerator ids, InvitationNotifier notifier,
			InvitationProperties properties) {
		return new Reminders(database, ids, notifier, properties.reminderLeadTime(), Reminders.PAGE);
	}

	@Bean
	PeriodicTask reminderTask(Reminders reminders, InvitationProperties properties, Outages outages) {
		String subject = "The reminder run";
		TaskFailures failures = properties.reminderLeadTime().isZero() ? outages.ofRoundsWithoutDatabase(subject)
				: outages.ofRounds(subject);
		return PeriodicTask.startingAfterOnePeriod(failures, properties.sweepInterval(), Schedulers.parallel(),
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
