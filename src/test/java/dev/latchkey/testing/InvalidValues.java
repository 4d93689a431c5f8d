package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Values, written as JSON, that a field of a request body must not accept.
 */
public final class InvalidValues {

	private static final List<String> NOT_A_STRING = List.of("1", "1.5", "true", "[]", "[\"a\"]", "{}", "{\"a\":1}");

	private static final List<String> INVALID_ADDRESSES = List.of("\"\"", "\" \"", "\"nobody\"", "\"@example.test\"",
			"\"a@\"", "\"a@b@example.test\"", "\"a@example.test,b@example.test\"", "\"a@example.test;b@example.test\"",
			"\"a@example.test b@example.test\"", "\"Ada <a@example.test>\"", "\"<a@example.test>\"",
			"\"\\\"a b\\\"@example.test\"", "\"a@[127.0.0.1]\"", "\"a@127.0.0.1\"", "\"a@[IPv6:::1]\"",
			"\"a(comment)@example.test\"", "\"a@example..test\"", "\".a@example.test\"", "\"a.@example.test\"",
			"\"a@-example.test\"", "\"a@example.test\\u0000\"", "\"a\\u0000@example.test\"",
			"\"a\\r\\nBcc: x@example.test\"", "\"a@example.test\\r\\nBcc: x@example.test\"",
			"\"a\\u202e@example.test\"", "\"a@exam\\u200bple.test\"", "\"\\u212aim@example.test\"",
			"\"a@\\u212aelvin.test\"", "\"\\u0131da@example.test\"", "\"\\u017fam@example.test\"",
			"\"a@example\\u3002test\"", "\"a@exam\\u034fple.test\"", "\"a\\ud800@example.test\"", "\"a@\\ud800.test\"",
			"\"\\ud83d\\ude00@example.test\"", "\"\\uff41@example.test\"", "\"a@\\uff45xample.test\"",
			"\"a\\u1fef@example.test\"", "\"a@localhost\"");

	private InvalidValues() {
	}

	/**
	 * Returns the invalid values of a field.
	 * @param endpoint the name of the endpoint in {@link BodyEndpoints}
	 */
	public static List<String> of(String endpoint, String field) {
		List<String> values = new ArrayList<>(
				field.equals("cookie") ? List.of("1", "0", "1.5", "\"true\"", "\"\"", "[]", "{}") : NOT_A_STRING);
		if (!field.equals("cookie") && !field.equals("reason")) {
			values.add("null");
		}
		values.addAll(switch (field) {
			case "email" -> addresses();
			case "token" -> tokens();
			case "password" -> passwords(endpoint);
			case "permissions" -> permissions();
			case "cookie" -> List.<String>of();
			default -> singleLines(field.equals("reason") ? 300 : 80);
		});
		return values;
	}

	private static List<String> addresses() {
		List<String> values = new ArrayList<>(INVALID_ADDRESSES);
		values.add("\"" + "a".repeat(65) + "@example.test\"");
		values.add("\"a@" + "b".repeat(64) + ".test\"");
		values.add("\"a@" + "b.".repeat(130) + "test\"");
		values.add("\"" + "a".repeat(10_000) + "@example.test\"");
		return values;
	}

	private static List<String> singleLines(int maxLength) {
		return List.of("\"\"", "\" \"", "\"\\u00a0\\u2003\"", "\"" + "x".repeat(maxLength + 1) + "\"",
				"\"" + "x".repeat(10_000) + "\"", "\"a\\u0000b\"", "\"a\\nb\"", "\"a\\r\\nb\"", "\"a\\tb\"",
				"\"a\\u0007b\"", "\"a\\u0085b\"", "\"a\\u2028b\"", "\"a\\u202eb\"", "\"a\\u2066b\"", "\"a\\u200eb\"",
				"\"a\\u200bb\"", "\"a\\ufeffb\"", "\"a\\ud800b\"", "\"a\\udc00b\"", "\"\\ud800\"", "\"a\\uffffb\"",
				"\"a\\ufdd0b\"", "\"a\\ue000b\"", "\"a\\udb40\\udc41b\"");
	}

	private static List<String> passwords(String endpoint) {
		List<String> values = new ArrayList<>(
				List.of("\"\"", "\"a\\ud800bcdefgh\"", "\"\\udc00\\udc00\\udc00\\udc00\""));
		if (!endpoint.equals("sign in")) {
			values.addAll(List.of("\" \"", "\"short 7\"", "\"" + "x".repeat(129) + "\"", "\"password\"", "\"PassWord\"",
					"\"password1!\"", "\"12345678\"", "\"qwertyuiop\"", "\"iloveyou\""));
		}
		return values;
	}

	private static List<String> permissions() {
		return List.of("\"invoices\"", "[]", "[null]", "[1]", "[true]", "[[]]", "[[\"invoices\"]]", "[{}]", "[\"\"]",
				"[\" \"]", "[\"Invoices\"]", "[\"INVOICES\"]", "[\"invoices \"]", "[\"invoices\",\"nothing\"]",
				"[\"invoices\",null]", "[\"\\u0131nvoices\"]", "[\"\\u0000\"]", "[\"\\u202e\"]", "[\"\\ud800\"]",
				"[\"" + "\\ud83d\\ude00".repeat(50) + "\"]", "[\"x" + "\\ud83d\\ude00".repeat(50) + "\"]",
				"[\"" + "x".repeat(10_000) + "\"]", "[\"<script>alert(1)</script>\"]", "[\"owner\"]", "[\"*\"]",
				"{\"0\":\"invoices\"}");
	}

	/**
	 * Strings that are not tokens; modified valid tokens are tested elsewhere.
	 */
	private static List<String> tokens() {
		return List.of("\"\"", "\" \"", "\"%00\"", "\"\\u0000\"", "\"null\"", "\"" + "A".repeat(92) + "\"",
				"\"" + "\\uff11".repeat(92) + "\"", "\"" + "A".repeat(91) + "=\"", "\"" + "/".repeat(92) + "\"",
				"\"" + "\\ud800".repeat(92) + "\"", "\"" + "A".repeat(15_000) + "\"", "\"" + "-".repeat(92) + "\"");
	}

}
