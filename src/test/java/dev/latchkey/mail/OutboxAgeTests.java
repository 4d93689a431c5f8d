package dev.latchkey.mail;

import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The age of the oldest mail that could have been sent, read from a real database.
 */
@ServiceTest
class OutboxAgeTests {

	static TestDatabase database;

	static Service service;

	/**
	 * The long poll interval prevents the relay from sending the mails.
	 */
	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).set("latchkey.mail.poll-interval", "1h").start();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void deleteMails() {
		database.update("delete from outbox");
	}

	@Test
	void isZeroWithoutMails() {
		assertThat(age()).isZero();
	}

	@Test
	void countsFromTheEnqueueingForFirstAttemptsAndRetries() {
		insertMail("created_at = now() - interval '30 seconds', due_at = now() - interval '30 seconds'");
		assertThat(age()).isCloseTo(30, within(5.0));
		insertMail("created_at = now() - interval '2 hours', due_at = now() + interval '1 hour', attempts = 4");
		assertThat(age()).isCloseTo(7200, within(5.0));
	}

	@Test
	void ignoresDeferredMailsUntilTheyAreDue() {
		insertMail("created_at = now() - interval '1 hour', due_at = now() + interval '10 minutes', deferred = true");
		assertThat(age()).isZero();
		insertMail("created_at = now() - interval '1 hour', due_at = now() - interval '1 minute', deferred = true");
		assertThat(age()).isCloseTo(60, within(5.0));
	}

	private static void insertMail(String state) {
		database.update("""
				insert into outbox (shard_id, id, topic, subject_id, version)
				values (gen_random_uuid(), gen_random_uuid(), 'invitation', gen_random_uuid(), 1)""");
		database.update("update outbox set version = 2, " + state + " where version = 1");
	}

	private static double age() {
		Double age = new OutboxAge(service.bean(DatabaseClient.class)).seconds().block();
		return (age != null) ? age : -1;
	}

}
