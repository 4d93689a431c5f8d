package dev.latchkey.invitation;

import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.StatementRecorder;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No transaction touches two accounts, not even under concurrency. So each transaction
 * runs on one database node, and none waits for the locks of two accounts.
 */
@ServiceTest
class SingleAccountTransactionTests {

	@Test
	void noTransactionTouchesTwoAccounts() {
		TestDatabase database = TestDatabase.create();
		StatementRecorder recorder = new StatementRecorder();
		try (Service service = Service.on(database)
			.replace("recorder", ConnectionFactoryDecorator.class, recorder)
			.set("latchkey.invitations.resend-cooldown", "0s")
			.start()) {
			new RandomCommands(service, 4, 3).run(4000, 16);
			Set<Object> accounts = database.rows("select id from account")
				.stream()
				.map((row) -> row.get("id"))
				.collect(Collectors.toSet());
			assertThat(recorder.idsByTransaction(accounts, (text) -> false)).hasSizeGreaterThan(4000)
				.allMatch((ids) -> ids.size() <= 1)
				.anyMatch((ids) -> !ids.isEmpty());
		}
	}

}
