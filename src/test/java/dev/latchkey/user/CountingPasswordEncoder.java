package dev.latchkey.user;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes nothing, so that tests are fast, and keeps the hashes that were compared.
 */
public final class CountingPasswordEncoder implements PasswordEncoder {

	private final List<String> comparedHashes = new ArrayList<>();

	@Override
	public String encode(@Nullable CharSequence password) {
		return "hash of " + password;
	}

	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
		this.comparedHashes.add(String.valueOf(hash));
		return encode(password).equals(hash);
	}

	public List<String> comparedHashes() {
		return List.copyOf(this.comparedHashes);
	}

}
