package dev.latchkey.mail;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.latchkey.language.Languages;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.observability.MetricsProperties;
import dev.latchkey.observability.PolledGauge;
import dev.latchkey.outage.OutageLog;
import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.shared.IdGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.simplejavamail.api.mailer.CustomMailer;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.mailer.MailerBuilder;
import org.simplejavamail.mailer.internal.MailerRegularBuilderImpl;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires the outbox, the relay and SMTP. SMTP blocks, so it has its own threads: one for
 * each mail that can be in progress.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
class MailConfiguration {

	@Bean
	R2dbcOutbox outbox(DatabaseClient database, IdGenerator ids) {
		return new R2dbcOutbox(database, ids);
	}

	@Bean
	MailboxQuota mailboxQuota(DatabaseClient database, LimitCounter limits, MailProperties properties) {
		return new R2dbcMailboxQuota(database, limits, properties.maxMailsPerMailbox());
	}

	@Bean
	PeriodicTask outboxAge(DatabaseClient database, MeterRegistry registry, MetricsProperties properties,
			Outages outages) {
		return PolledGauge.register("latchkey.outbox.oldest", "Age of the oldest mail that could have been sent",
				new OutboxAge(database).seconds(), registry, properties.pollInterval(), outages);
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService mailThreads(MailProperties properties) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("mail-");
		factory.setDaemon(true);
		return new ThreadPoolExecutor(properties.connections(), properties.connections(), 0, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), factory);
	}

	@Bean
	Scheduler mailScheduler(@Qualifier("mailThreads") ExecutorService mailThreads) {
		return Schedulers.fromExecutorService(mailThreads, "mail");
	}

	@Bean
	Mailer mailer(MailProperties properties, Optional<CustomMailer> localMailbox,
			@Qualifier("mailThreads") ExecutorService mailThreads) {
		MailerRegularBuilderImpl builder = (properties.host() != null) ? MailerBuilder.withSMTPServer(properties.host(),
				properties.port(), properties.username(), properties.password())
				: MailerBuilder.withCustomMailer(localMailbox.orElseThrow());
		return builder.withTransportStrategy(properties.transport())
			.trustingAllHosts(false)
			.verifyingServerIdentity(true)
			.withSessionTimeout((int) properties.sendTimeout().toMillis())
			.withProperty("mail.smtp.class", CancellableSmtpTransport.class.getName())
			.withProperty("mail.smtps.class", CancellableSmtpTransport.OverTls.class.getName())
			.withProperty("mail.smtp.reportsuccess", "true")
			.withProperty("mail.smtps.reportsuccess", "true")
			.withExecutorService(mailThreads)
			.buildMailer();
	}

	@Bean
	OutageLog mailServerLog(MailProperties properties, Outages outages) {
		return outages.of(properties.usesLocalMailbox() ? "Storing mail in the local mailbox"
				: "Sending mail through " + properties.host() + ":" + properties.port());
	}

	@Bean
	MailSender mailSender(Mailer mailer, MailProperties properties, @Qualifier("mailScheduler") Scheduler scheduler,
			OutageLog mailServerLog, Languages languages, @Value("${latchkey.product-name}") String productName) {
		return new SmtpMailSender(mailer, new MailTemplates(languages, productName), properties, scheduler,
				mailServerLog);
	}

	@Bean
	MailServerCheck mailServerCheck(Mailer mailer, MailProperties properties,
			@Qualifier("mailScheduler") Scheduler scheduler, OutageLog mailServerLog) {
		return new MailServerCheck(mailer.getSession(), properties, scheduler, mailServerLog);
	}

	@Bean
	OutboxRelay outboxRelay(OutboxStore outbox, MailboxQuota quota, MailSender sender, MailProperties properties,
			TransactionalOperator transaction, ObservationRegistry observations, List<MailType> types,
			Outages outages) {
		return new OutboxRelay(outbox, quota, sender, properties, transaction, new MailObservations(observations),
				types, outages);
	}

	@Bean
	OutboxRelayRunner outboxRelayRunner(OutboxRelay relay, OutboxStore outbox, MailProperties properties) {
		return new OutboxRelayRunner(relay, outbox.wakes(), properties.pollInterval());
	}

	@Bean
	PurgeTask mailboxQuotaPurge(DatabaseClient database, RetentionProperties properties) {
		return MailboxQuotaPurge.task(database, properties);
	}

}
