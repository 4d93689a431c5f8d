package dev.latchkey.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads which content codings a client accepts (RFC 9110, section 12.5.3).
 */
public final class AcceptEncoding {

	private static final Pattern NOT_ACCEPTED = Pattern.compile("q=0(\\.0{0,3})?");

	private AcceptEncoding() {
	}

	/**
	 * Whether a coding is accepted, by its name or by {@code *}.
	 * @param header all values of {@code Accept-Encoding}
	 */
	public static boolean accepts(String coding, List<String> header) {
		List<List<String>> members = header.stream()
			.flatMap((value) -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
			.map((member) -> Arrays.stream(member.split(";", -1)).map(String::strip).toList())
			.toList();
		return named(coding, members).or(() -> named("*", members))
			.filter((member) -> member.stream().skip(1).noneMatch((weight) -> NOT_ACCEPTED.matcher(weight).matches()))
			.isPresent();
	}

	private static Optional<List<String>> named(String coding, List<List<String>> members) {
		return members.stream().filter((member) -> member.get(0).equals(coding)).findFirst();
	}

}
