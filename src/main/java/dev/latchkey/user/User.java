package dev.latchkey.user;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * The login of a person. Every user has a verified address: the row is created only after
 * the person has proved to own the mailbox.
 */
@Table("users")
public record User(@Id UUID id, String email, String canonicalEmail, String name,
		@Column("password_hash") String passwordHash, @Nullable String externalId, String locale,
		@ReadOnlyProperty @Nullable Instant createdAt) {

	static User create(UUID id, EmailAddress email, String name, String passwordHash, Locale locale) {
		return new User(id, email.value(), email.canonical(), name, passwordHash, null, locale.toLanguageTag(), null);
	}

	public UserId userId() {
		return new UserId(this.id);
	}

	public EmailAddress address() {
		return new EmailAddress(this.email, this.canonicalEmail);
	}

	@Override
	public String toString() {
		return "User[" + this.id + "]";
	}

}
