package dev.latchkey.command;

import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the purge of receipts.
 */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

	@Bean
	PurgeTask idempotencyReceiptPurge(DatabaseClient database, RetentionProperties properties) {
		return IdempotencyReceiptPurge.task(database, properties);
	}

}
