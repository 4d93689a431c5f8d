package dev.latchkey.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.latchkey.testing.StatementRecorder.Recorded;
import io.r2dbc.spi.Parameter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The query plan of a statement, independent of its parameter values: which tables the
 * server scans, and by which columns it selects their rows.
 */
public final class ServerPlan {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JsonNode root;

	private ServerPlan(JsonNode root) {
		this.root = root;
	}

	/**
	 * Plans a recorded statement. A generic plan does not depend on parameter values, in
	 * any version of the server.
	 */
	public static ServerPlan of(Recorded recorded, TestDatabase database) {
		String types = joined(recorded, ServerPlan::type);
		String values = joined(recorded, (parameter) -> "null");
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			statement.execute("set plan_cache_mode = force_generic_plan");
			statement.execute("prepare recorded" + types + " as " + recorded.text());
			try (ResultSet rows = statement
				.executeQuery("explain (verbose, costs off, format json) execute recorded" + values)) {
				rows.next();
				return new ServerPlan(JSON.readTree(rows.getString(1)).path(0).path("Plan"));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(recorded.text(), ex);
		}
	}

	/**
	 * Returns each scan of a table.
	 */
	public List<Scan> scans() {
		List<Scan> scans = new ArrayList<>();
		collect(this.root, scans);
		return scans;
	}

	private static void collect(JsonNode node, List<Scan> scans) {
		if (node.has("Relation Name") && !node.path("Node Type").asString().equals("ModifyTable")) {
			List<String> conditions = new ArrayList<>();
			for (String kind : List.of("Index Cond", "Recheck Cond", "Filter")) {
				conditions.addAll(conjuncts(node.path(kind).asString("")));
			}
			scans.add(new Scan(node.path("Relation Name").asString(), node.path("Alias").asString(), conditions));
		}
		StreamSupport.stream(node.path("Plans").spliterator(), false).forEach((child) -> collect(child, scans));
	}

	/**
	 * Returns the operands of the top-level AND of a condition.
	 */
	private static List<String> conjuncts(String condition) {
		String inner = condition.replaceFirst("^\\((.*)\\)$", "$1");
		List<String> parts = new ArrayList<>();
		int depth = 0;
		int from = 0;
		for (int index = 0; index < inner.length(); index++) {
			char character = inner.charAt(index);
			depth += (character == '(') ? 1 : (character == ')') ? -1 : 0;
			if (depth == 0 && inner.startsWith(" AND ", index)) {
				parts.add(inner.substring(from, index));
				from = index + " AND ".length();
			}
		}
		parts.add(inner.substring(from));
		return parts;
	}

	private static String joined(Recorded recorded, java.util.function.Function<@Nullable Object, String> part) {
		Map<Integer, @Nullable Object> parameters = recorded.parameters();
		return parameters.isEmpty() ? ""
				: IntStream.range(0, parameters.size())
					.mapToObj((index) -> part.apply(parameters.get(index)))
					.collect(Collectors.joining(", ", "(", ")"));
	}

	private static String type(@Nullable Object bound) {
		Object value = (bound instanceof Parameter parameter) ? parameter.getType().getJavaType() : bound;
		Class<?> type = (value instanceof Class<?> known) ? known : (value != null) ? value.getClass() : Object.class;
		return Map
			.<Class<?>, String>ofEntries(Map.entry(UUID.class, "uuid"), Map.entry(UUID[].class, "uuid[]"),
					Map.entry(String.class, "varchar"), Map.entry(String[].class, "text[]"),
					Map.entry(Integer.class, "int4"), Map.entry(Integer[].class, "int4[]"),
					Map.entry(Long.class, "int8"), Map.entry(Long[].class, "int8[]"), Map.entry(Double.class, "float8"),
					Map.entry(Boolean.class, "boolean"), Map.entry(Boolean[].class, "boolean[]"),
					Map.entry(Instant.class, "timestamptz"), Map.entry(byte[].class, "bytea"))
			.getOrDefault(type, "unknown");
	}

	/**
	 * A scan of a table.
	 *
	 * @param conditions the conditions that each found row fulfils
	 */
	public record Scan(String table, String alias, List<String> conditions) {

		/**
		 * Whether the scan finds only rows with one given value in a column.
		 */
		public boolean hasEqualityOn(String column) {
			String name = "(" + Pattern.quote(this.alias) + "\\.)?" + Pattern.quote(column);
			String value = "\\(?\\$\\d+\\)?(::[a-z]+)?";
			return this.conditions.stream()
				.anyMatch((condition) -> condition
					.matches("\\(?(" + name + " = " + value + "|" + value + " = " + name + ")\\)?"));
		}

	}

}
