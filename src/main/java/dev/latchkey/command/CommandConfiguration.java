package dev.latchkey.command;

import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Wires the execution and the idempotency of commands.
 */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

	@Bean
	IdempotencyReceipts idempotencyReceipts(DatabaseClient database) {
		return new IdempotencyReceipts(new R2dbcReceiptStore(database));
	}

	@Bean
	CommandExecution commandExecution(DatabaseClient database, TransactionalOperator transaction) {
		return new CommandExecution(new R2dbcAccountLock(database), transaction);
	}

	@Bean
	PurgeTask idempotencyReceiptPurge(DatabaseClient database, RetentionProperties properties) {
		return IdempotencyReceiptPurge.task(database, properties);
	}

}
