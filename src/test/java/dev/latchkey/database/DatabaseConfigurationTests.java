package dev.latchkey.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.embedded.EmbeddedDatabase;
import dev.latchkey.embedded.LocalMailbox;
import dev.latchkey.embedded.UnpackedPostgres;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.StartupException;
import dev.latchkey.testing.ServiceTest;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configured or the embedded database is used by Spring Boot's pool and migration.
 */
@ServiceTest
class DatabaseConfigurationTests {

	@TempDir
	static Path temporary;

	static EmbeddedDatabase server;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(R2dbcAutoConfiguration.class, FlywayAutoConfiguration.class))
		.withUserConfiguration(DatabaseConfiguration.class, DatabaseBeans.class)
		.withPropertyValues("spring.flyway.locations=classpath:no-migrations",
				"spring.flyway.fail-on-missing-locations=false");

	@BeforeAll
	static void start() {
		server = EmbeddedDatabase.start(UnpackedPostgres.in(temporary.resolve("server")), 0);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void aConfiguredDatabaseIsUsedByThePoolAndTheMigration() {
		configured().withPropertyValues("latchkey.database.pool-size=3").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedDatabase.class);
			assertThat(migrationUrl(context.getBean(Flyway.class)))
				.startsWith("jdbc:postgresql://127.0.0.1:" + server.port() + "/latchkey");
			assertThat(show(context.getBean(DatabaseClient.class), "statement_timeout")).isEqualTo("10s");
			assertThat(show(context.getBean(DatabaseClient.class), "lock_timeout")).isEqualTo("2s");
			assertThat(show(context.getBean(DatabaseClient.class), "application_name")).isEqualTo("latchkey");
			PoolMetrics pool = context.getBean(ConnectionPool.class).getMetrics().orElseThrow();
			assertThat(pool.getMaxAllocatedSize()).isEqualTo(3);
			assertThat(pool.allocatedSize()).isEqualTo(3);
		});
	}

	@Test
	void anEmptyUrlSelectsTheEmbeddedDatabaseWhichStopsLast() {
		Path folder = UnpackedPostgres.in(temporary.resolve("own"));
		this.application
			.withPropertyValues("latchkey.database.url=", "latchkey.embedded.directory=" + folder,
					"latchkey.mail.host=")
			.withUserConfiguration(QueryOnDestroy.class)
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(EmbeddedDatabase.class)
					.hasSingleBean(LocalMailbox.class);
				assertThat(show(context.getBean(DatabaseClient.class), "server_version")).startsWith("18.");
				assertThat(context.getBean(Flyway.class).info().getInfoResult().database).isEqualTo("latchkey");
			});
		assertThat(QueryOnDestroy.result).isEqualTo("18");
		assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
		assertThat(folder.resolve("data/PG_VERSION")).hasContent("18");
	}

	@Test
	void withAMailHostThereIsNoLocalMailbox() {
		configured().withPropertyValues("latchkey.mail.host=smtp.example")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LocalMailbox.class));
	}

	@Test
	void aWrongPasswordIsReportedInOneSentenceWithoutIt() {
		configured().withPropertyValues("latchkey.database.password=hunter2")
			.run((context) -> assertThat(failure(context)).hasMessage("The database 127.0.0.1:" + server.port()
					+ "/latchkey can't be used: FATAL: password authentication failed for user \"latchkey\""));
	}

	@Test
	void anUnreachableServerIsReportedInOneSentence() {
		configured().withPropertyValues("latchkey.database.url=postgresql://127.0.0.1:1/latchkey")
			.run((context) -> assertThat(failure(context)).hasMessageStartingWith(
					"The database 127.0.0.1:1/latchkey can't be used: Connection to 127.0.0.1:1 " + "refused."));
	}

	@Test
	void onKubernetesThereIsNoEmbeddedDatabaseOrLocalMailbox() {
		this.application
			.withPropertyValues("KUBERNETES_SERVICE_HOST=10.0.0.1",
					"latchkey.embedded.directory=" + temporary.resolve("never"))
			.run((context) -> assertThat(failure(context))
				.hasMessage("On Kubernetes there is no embedded database, because its data would be lost with the pod: "
						+ "set latchkey.database.url."));
		assertThat(temporary.resolve("never")).doesNotExist();
		configured().withPropertyValues("KUBERNETES_SERVICE_HOST=10.0.0.1")
			.run((context) -> assertThat(failure(context))
				.hasMessage("On Kubernetes there is no local mailbox, because its data would be lost with the pod: "
						+ "set latchkey.mail.host."));
	}

	private ApplicationContextRunner configured() {
		return this.application.withPropertyValues(
				"latchkey.database.url=postgresql://127.0.0.1:" + server.port() + "/latchkey?sslmode=disable",
				"latchkey.database.username=latchkey", "latchkey.database.password=" + server.password());
	}

	private static String show(DatabaseClient database, String setting) {
		List<String> values = new ArrayList<>();
		StepVerifier.create(database.sql("SHOW " + setting).mapValue(String.class).all())
			.recordWith(() -> values)
			.expectNextCount(1)
			.verifyComplete();
		return values.get(0);
	}

	private static String migrationUrl(Flyway flyway) throws SQLException {
		try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
			return connection.getMetaData().getURL();
		}
	}

	private static Throwable failure(AssertableApplicationContext context) {
		return Stream.iterate(context.getStartupFailure(), Objects::nonNull, Throwable::getCause)
			.filter(StartupException.class::isInstance)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan("dev.latchkey.embedded")
	static class DatabaseBeans {

		@Bean
		InstantSource time() {
			return InstantSource.fixed(Instant.EPOCH);
		}

		@Bean
		IdGenerator ids() {
			return UUID::randomUUID;
		}

		@Bean
		DatabaseClient databaseClient(ConnectionPool pool) {
			return DatabaseClient.create(pool);
		}

	}

	/**
	 * A bean that runs a query when it is destroyed.
	 */
	static class QueryOnDestroy implements DisposableBean {

		static String result = "";

		private final DatabaseClient database;

		QueryOnDestroy(DatabaseClient database) {
			this.database = database;
		}

		@Override
		public void destroy() {
			result = show(this.database, "server_version").substring(0, 2);
		}

	}

}
