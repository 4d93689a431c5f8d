package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores sign-ups in the database, whose clock decides about their expiry.
 */
class R2dbcSignUpStore implements SignUpStore {

	private final DatabaseClient database;

	private final UserProperties properties;

	R2dbcSignUpStore(DatabaseClient database, UserProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	@Override
	public Mono<Void> insert(UUID id, EmailAddress email, Locale locale) {
		return this.database.sql("""
				insert into sign_up (id, email, canonical_email, locale, expires_at)
				values (:id, :email, :canonical, :locale, now() + make_interval(secs => :seconds))
				""")
			.bind("id", id)
			.bind("email", email.value())
			.bind("canonical", email.canonical())
			.bind("locale", locale.toLanguageTag())
			.bind("seconds", Intervals.seconds(this.properties.verificationValidity()))
			.then();
	}

	@Override
	public Mono<SignUp> find(UUID id) {
		return this.database.sql("""
				select id, email, canonical_email, locale, used_at is not null as used, expires_at <= now() as expired
				  from sign_up where id = :id
				""").bind("id", id).map(R2dbcSignUpStore::signUp).one();
	}

	@Override
	public Mono<Void> markUsed(SignUp signUp) {
		return this.database.sql("""
				update sign_up set used_at = now() where id = :id and used_at is null and expires_at > now()
				""")
			.bind("id", signUp.id())
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows == 1) ? Mono.empty() : Mono.error(DomainException.of(ProblemCode.USED)));
	}

	private static SignUp signUp(Readable row) {
		return new SignUp(Columns.uuid(row, "id"),
				new EmailAddress(Columns.string(row, "email"), Columns.string(row, "canonical_email")),
				Locale.forLanguageTag(Columns.string(row, "locale")), Columns.booleanValue(row, "used"),
				Columns.booleanValue(row, "expired"));
	}

}
