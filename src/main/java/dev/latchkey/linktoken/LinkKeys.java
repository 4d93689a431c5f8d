package dev.latchkey.linktoken;

import java.util.List;
import java.util.Optional;

/**
 * The keys of mailed links: the first key signs, all keys verify. There is at least one
 * key, and all ids are different.
 */
public record LinkKeys(List<LinkTokens.Key> all) {

	public LinkKeys {
		if (all.isEmpty()) {
			throw new IllegalArgumentException("at least one token key is needed");
		}
		if (all.stream().map(LinkTokens.Key::id).distinct().count() != all.size()) {
			throw new IllegalArgumentException("two token keys have the same id");
		}
		all = List.copyOf(all);
	}

	/**
	 * The ids of the keys, that of the signing key first.
	 */
	public List<Integer> ids() {
		return this.all.stream().map(LinkTokens.Key::id).toList();
	}

	LinkTokens.Key signingKey() {
		return this.all.get(0);
	}

	Optional<LinkTokens.Key> find(int id) {
		return this.all.stream().filter((key) -> key.id() == id).findFirst();
	}

}
