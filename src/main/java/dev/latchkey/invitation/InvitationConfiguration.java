package dev.latchkey.invitation;

import dev.latchkey.account.Decision;
import dev.latchkey.account.Receipts;
import dev.latchkey.account.Standing;
import dev.latchkey.feed.Feed;
import dev.latchkey.language.Languages;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.Outbox;
import dev.latchkey.metrics.LimitHits;
import dev.latchkey.metrics.MetricsProperties;
import dev.latchkey.metrics.SampledGauge;
import dev.latchkey.shared.Ids;
import dev.latchkey.shared.LinkTokens;
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
	InvitationRows invitationRows(DatabaseClient database) {
		return new InvitationRows(database);
	}

	@Bean
	ExpirySweep expirySweep(DatabaseClient database, Announcements announcements, InvitationProperties properties) {
		return new ExpirySweep(database, announcements, properties.sweepBatch());
	}

	@Bean
	SweepLoop sweepLoop(ExpirySweep sweep, InvitationProperties properties) {
		return new SweepLoop("expiry sweep", sweep::sweep, properties.sweepPeriod(), Schedulers.parallel());
	}

	@Bean
	Announcements announcements(Feed feed, Outbox outbox, MeterRegistry registry, LimitHits limits) {
		return new Announcements(feed, outbox, new InvitationCounters(registry), limits);
	}

	@Bean
	SampledGauge oldestOverdue(DatabaseClient database, MeterRegistry registry, MetricsProperties properties) {
		return new SampledGauge("latchkey.invitations.overdue.oldest",
				"For how long the oldest invitation that ran out has not been marked",
				new OverdueAge(database).seconds(), registry, properties.samplePeriod());
	}

	@Bean
	InvitationRefusals invitationRefusals(Standing standing, InvitationRows rows, DatabaseClient database,
			ExpirySweep sweep, InvitationProperties properties, LimitHits limits) {
		return new InvitationRefusals(standing, rows, new AccountLimits(database, sweep, properties, limits),
				new InviteeQuota(database, limits), properties, limits);
	}

	@Bean
	InvitationCommands invitationCommands(DatabaseClient database, Ids ids, InvitationProperties properties) {
		return new InvitationCommands(new CreateInvitation(database, ids, properties),
				new ResendInvitation(database, ids, properties), new RevokeInvitation(database),
				new EditInvitation(database));
	}

	@Bean
	InviteeCommands inviteeCommands(DatabaseClient database) {
		return new InviteeCommands(new AcceptInvitation(database), new DeclineInvitation(database));
	}

	@Bean
	Invitations invitations(InvitationCommands commands, InvitationRefusals refusals, InvitationRows rows,
			Decision decision, Receipts receipts, Standing standing, Announcements announcements) {
		return new Invitations(commands, refusals, rows, decision, receipts, standing, announcements);
	}

	@Bean
	BulkInvitations bulkInvitations(DatabaseClient database, Receipts receipts, Standing standing,
			TransactionalOperator transaction, Announcements announcements, InvitationProperties properties, Ids ids) {
		return new BulkInvitations(standing, new BulkReads(database, receipts, properties),
				new BulkWrites(database, receipts, properties), transaction, announcements, properties, ids);
	}

	@Bean
	InvitationLists invitationLists(DatabaseClient database, Standing standing, Feed feed) {
		return new InvitationLists(database, standing, feed);
	}

	@Bean
	DeliveryReports deliveryReports(DatabaseClient database) {
		return new DeliveryReports(database);
	}

	@Bean
	MyInvitations myInvitations(DatabaseClient database) {
		return new MyInvitations(database);
	}

	@Bean
	Acceptance acceptance(LinkTokens tokens, InvitationRows rows, InviteeCommands commands, Decision decision,
			Users users, Passwords passwords, TransactionalOperator transaction, Announcements announcements) {
		return new Acceptance(tokens, rows, commands, decision, users, passwords, transaction, announcements);
	}

	@Bean
	InviteeLanguage inviteeLanguage(LinkTokens tokens, InvitationRows rows) {
		return new InviteeLanguage(tokens, rows);
	}

	@Bean
	InvitationLetters invitationLetters(InvitationRows rows, Links links, Languages languages) {
		return new InvitationLetters(rows, links, languages);
	}

	@Bean
	InvitationTopic invitationTopic(InvitationRows rows, DatabaseClient database, InvitationLetters letters,
			Announcements announcements) {
		return new InvitationTopic(rows, new SettleDelivery(database), letters, announcements);
	}

	@Bean
	Reminders reminders(DatabaseClient database, Ids ids, Announcements announcements,
			InvitationProperties properties) {
		return new Reminders(database, ids, announcements, properties.reminder());
	}

	@Bean
	SweepLoop reminderLoop(Reminders reminders, InvitationProperties properties) {
		return new SweepLoop("reminder", reminders::remind, properties.sweepPeriod(), Schedulers.parallel());
	}

	@Bean
	ReminderTopic reminderTopic(InvitationRows rows, InvitationLetters letters) {
		return new ReminderTopic(rows, letters);
	}

}
