package dev.latchkey.linktoken;

import java.util.List;
import java.util.Optional;

/**
 * The keys of the links in mails: the first signs, all verify. There is one at least, and
 * no two have the same id.
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
	 * Their ids, that of the signing one first.
	 */
	public List<Integer> ids() {
		return this.all.stream().map(LinkTokens.Key::id).toList();
	}

	LinkTokens.Key signing() {
		return this.all.get(0);
	}

	Optional<LinkTokens.Key> find(int id) {
		return this.all.stream().filter((key) -> key.id() == id).findFirst();
	}

}
