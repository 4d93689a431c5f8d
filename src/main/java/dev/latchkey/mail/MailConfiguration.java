package dev.latchkey.mail;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.latchkey.language.Languages;
import dev.latchkey.metrics.LimitHits;
import dev.latchkey.metrics.MetricsProperties;
import dev.latchkey.metrics.SampledGauge;
import dev.latchkey.shared.Ids;
import dev.latchkey.shared.LinkTokens;
import dev.latchkey.shared.PublicAddress;
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
 * Wires the way of a mail. SMTP blocks, so it has threads of its own, as many as mails
 * are sent at once.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MailProperties.class, LinkProperties.class })
class MailConfiguration {

	@Bean
	Links links(LinkProperties properties, LinkTokens tokens, PublicAddress address) {
		return new Links(properties, tokens, address);
	}

	@Bean
	Outbox outbox(DatabaseClient database, Ids ids, LimitHits limits) {
		return new Outbox(database, ids, limits);
	}

	@Bean
	SampledGauge oldestMail(DatabaseClient database, MeterRegistry registry, MetricsProperties properties) {
		return new SampledGauge("latchkey.outbox.oldest", "Age of the oldest mail that could have gone out",
				new OutboxAge(database).seconds(), registry, properties.samplePeriod());
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
			.withSessionTimeout((int) properties.deadline().toMillis())
			.withProperty("mail.smtp.class", CautiousTransport.class.getName())
			.withProperty("mail.smtps.class", CautiousTransport.OverTls.class.getName())
			.withProperty("mail.smtp.reportsuccess", "true")
			.withProperty("mail.smtps.reportsuccess", "true")
			.withExecutorService(mailThreads)
			.buildMailer();
	}

	@Bean
	PostOffice postOffice(Mailer mailer, MailProperties properties, @Qualifier("mailScheduler") Scheduler threads,
			Languages languages, @Value("${latchkey.product-name}") String productName) {
		return new PostOffice(mailer, new Templates(languages, productName), properties, threads);
	}

	@Bean
	Relay relay(Outbox outbox, PostOffice postOffice, MailProperties properties, TransactionalOperator transaction,
			ObservationRegistry observations, List<MailTopic> topics) {
		return new Relay(outbox, postOffice, properties, transaction, new MailObservations(observations), topics);
	}

	@Bean
	RelayLoop relayLoop(Relay relay, Outbox outbox, MailProperties properties) {
		return new RelayLoop(relay, outbox.wakes(), properties.poll());
	}

}
