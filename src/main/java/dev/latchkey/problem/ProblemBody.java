package dev.latchkey.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.latchkey.language.Translations;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.DomainException.Sentence;

import org.springframework.http.HttpStatus;

/**
 * An error as the members of a problem document (RFC 9457): the body of a response, or a
 * part of a line in a stream of results.
 */
public final class ProblemBody {

	private ProblemBody() {
	}

	/**
	 * The members, in order.
	 */
	public static Map<String, Object> of(DomainException refusal, Translations translations) {
		String title = translations.text(refusal.code().titleKey());
		Sentence sentence = refusal.sentence();
		HttpStatus status = ProblemStatus.of(refusal.code().kind());
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", "urn:latchkey:problem:" + refusal.code().code());
		members.put("title", title);
		members.put("status", status.value());
		members.put("detail",
				(sentence != null) ? translations.text(sentence.message().key(), sentence.arguments().toArray())
						: translations.text("sentence", title));
		members.put("code", refusal.code().code());
		refusal.properties().forEach(members::putIfAbsent);
		return members;
	}

	/**
	 * The members, and in addition the seconds to wait, which are a header in other
	 * responses.
	 */
	public static Map<String, Object> ofLine(DomainException refusal, Translations translations) {
		Map<String, Object> members = of(refusal, translations);
		Duration wait = refusal.retryAfter();
		if (wait != null) {
			members.put("retryAfter", seconds(wait));
		}
		return members;
	}

	/**
	 * A wait in whole seconds, at least one.
	 */
	static long seconds(Duration wait) {
		return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
	}

}
