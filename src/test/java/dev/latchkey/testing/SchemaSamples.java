package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Generates random values that a schema of the API description allows or forbids.
 */
public final class SchemaSamples {

	private static final String LETTERS = "abcdefgzAZ09 .-_'\"<>&%;,=+\\/\u00E9\u00DF\u4E2D\u0130\u202E\n\t\uFEFF";

	private static final RgxGenProperties GENERATOR = shortRepetitions();

	private static final int MAX_ATTEMPTS = 1000;

	private final Random random;

	public SchemaSamples(Random random) {
		this.random = random;
	}

	/**
	 * Returns a value that the schema allows.
	 */
	public @Nullable Object valid(Schema<?> schema) {
		if (Boolean.TRUE.equals(schema.getNullable()) && this.random.nextInt(4) == 0) {
			return null;
		}
		if (schema.getEnum() != null) {
			return pick(schema.getEnum());
		}
		return switch (schema.getType()) {
			case "object" -> object(schema);
			case "array" -> array(schema);
			case "boolean" -> this.random.nextBoolean();
			case "integer" -> integer(schema);
			default -> text(schema);
		};
	}

	/**
	 * Returns a value whose type, length, format or range the schema usually does not
	 * allow. It can be valid by chance.
	 */
	public @Nullable Object invalid(Schema<?> schema) {
		List<@Nullable Object> candidates = new ArrayList<>(List.of(17, -1, 2.5, true, "", " ", "\u0000",
				"x".repeat(400), "1e999", "null", List.of(), List.of("x"), Map.of(), Map.of("x", 1), Long.MAX_VALUE));
		candidates.add(null);
		if (schema.getProperties() != null && this.random.nextInt(5) > 0) {
			return invalidObject(schema);
		}
		if (schema.getItems() != null && this.random.nextBoolean()) {
			List<@Nullable Object> items = new ArrayList<>(array(schema));
			items.set(this.random.nextInt(items.size()), invalid(schema.getItems()));
			return items;
		}
		if (schema.getMaxLength() != null && this.random.nextInt(3) == 0) {
			return "y".repeat(schema.getMaxLength()) + pick(List.of(" ", "y", "\uD83D\uDE00"));
		}
		return pick(candidates);
	}

	/**
	 * Returns a random element of a list.
	 */
	public <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private Map<String, @Nullable Object> object(Schema<?> schema) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		schema.getProperties().forEach((name, property) -> {
			if (isRequired(schema, name) || this.random.nextBoolean()) {
				object.put(name, valid((Schema<?>) property));
			}
		});
		return object;
	}

	private Map<String, @Nullable Object> invalidObject(Schema<?> schema) {
		Map<String, @Nullable Object> object = object(schema);
		String name = pick(List.copyOf(schema.getProperties().keySet()));
		switch (this.random.nextInt(4)) {
			case 0 -> object.remove(name);
			case 1 -> object.put(pick(List.of("status", "id", "owner", "expiresAt", "Email", "")), "x");
			default -> object.put(name, invalid(Objects.requireNonNull((Schema<?>) schema.getProperties().get(name))));
		}
		return object;
	}

	private List<@Nullable Object> array(Schema<?> schema) {
		List<@Nullable Object> items = new ArrayList<>();
		for (int size = 1 + this.random.nextInt(4); size > 0; size--) {
			items.add(valid(schema.getItems()));
		}
		return items;
	}

	private Object integer(Schema<?> schema) {
		int min = (schema.getMinimum() != null) ? schema.getMinimum().intValue() : 0;
		int max = (schema.getMaximum() != null) ? schema.getMaximum().intValue() : 1000;
		return pick(List.of(min, max, min + this.random.nextInt(max - min)));
	}

	private String text(Schema<?> schema) {
		if (schema.getExample() != null && this.random.nextBoolean()) {
			return schema.getExample().toString();
		}
		int max = (schema.getMaxLength() != null) ? schema.getMaxLength() : 40;
		if (schema.getPattern() != null) {
			return matching(schema.getPattern(), (schema.getMaxLength() != null) ? max : Integer.MAX_VALUE);
		}
		int min = (schema.getMinLength() != null) ? schema.getMinLength() : 0;
		int length = pick(List.of(min, max, min + this.random.nextInt(Math.min(30, max - min))));
		StringBuilder text = new StringBuilder();
		for (int index = 0; index < length; index++) {
			text.append(LETTERS.charAt(this.random.nextInt(LETTERS.length())));
		}
		return text.toString();
	}

	/**
	 * The generator ignores the conditions of lookaheads and the maximum length, so texts
	 * are generated until one satisfies them.
	 */
	private String matching(String pattern, int maxLength) {
		RgxGen generator = RgxGen.parse(GENERATOR, pattern.replaceAll("\\(\\?[=!][^()]*\\)", ""));
		return Stream.generate(() -> generator.generate(this.random))
			.limit(MAX_ATTEMPTS)
			.filter((text) -> text.length() <= maxLength && text.matches(pattern))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No text matches " + pattern));
	}

	private static RgxGenProperties shortRepetitions() {
		RgxGenProperties properties = new RgxGenProperties();
		RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(properties, 8);
		return properties;
	}

	private static boolean isRequired(Schema<?> schema, String name) {
		return schema.getRequired() != null && schema.getRequired().contains(name);
	}

}
