package dev.latchkey.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schema after all migrations follows the rules of a distributed PostgreSQL: a new
 * table, key or reference that breaks a rule fails here.
 */
@DatabaseTest
class TablePlacementTests {

	static final Map<String, TablePlacement> PLACEMENTS = TablePlacement.ALL.stream()
		.collect(Collectors.toUnmodifiableMap(TablePlacement::table, Function.identity()));

	static TestDatabase database;

	@BeforeAll
	static void migrate() {
		database = TestDatabase.create();
		Service.on(database).start().close();
	}

	@Test
	void everyTableHasAPlacement() {
		List<String> tables = new ArrayList<>(texts("""
				select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
				"""));
		tables.remove("flyway_schema_history");
		assertThat(TablePlacement.ALL).extracting(TablePlacement::table).containsExactlyInAnyOrderElementsOf(tables);
	}

	@Test
	void theDistributionColumnComesFirstInEachUniqueKey() {
		List<Map<String, Object>> keys = database.rows("""
				select t.relname as table, i.relname as key, a.attname as first
				  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
				  left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
				 where x.indisunique and t.relnamespace = 'public'::regnamespace
				   and t.relname <> 'flyway_schema_history'
				""");
		assertThat(keys).hasSizeGreaterThanOrEqualTo(TablePlacement.ALL.size())
			.filteredOn((key) -> !placement(key.get("table")).isReference())
			.allSatisfy((key) -> assertThat(key.get("first")).as(String.valueOf(key))
				.isEqualTo(placement(key.get("table")).column()));
	}

	@Test
	void foreignKeysStayOnOneMachineAndReferToEarlierTables() {
		List<Map<String, Object>> references = database.rows("""
				select c.conrelid::regclass::text as table, c.confrelid::regclass::text as target,
				       f.attname as from_column, t.attname as to_column
				  from pg_constraint c
				  join pg_attribute f on f.attrelid = c.conrelid and f.attnum = c.conkey[1]
				  join pg_attribute t on t.attrelid = c.confrelid and t.attnum = c.confkey[1]
				 where c.contype = 'f'
				""");
		assertThat(references).isNotEmpty().allSatisfy((reference) -> {
			TablePlacement from = placement(reference.get("table"));
			TablePlacement to = placement(reference.get("target"));
			assertThat(reference.get("from_column")).isEqualTo(from.column());
			assertThat(reference.get("to_column")).isEqualTo(to.column());
			assertThat(group(from)).isEqualTo(group(to));
			assertThat(TablePlacement.ALL.indexOf(from)).isGreaterThan(TablePlacement.ALL.indexOf(to));
		});
	}

	@Test
	void colocatedTablesHaveDistributionColumnsOfOneType() {
		assertThat(TablePlacement.ALL).filteredOn((placement) -> placement.colocatedWith() != null)
			.isNotEmpty()
			.allSatisfy((placement) -> {
				TablePlacement other = placement(placement.colocatedWith());
				assertThat(type(placement)).isEqualTo(type(other));
				assertThat(TablePlacement.ALL.indexOf(placement)).isGreaterThan(TablePlacement.ALL.indexOf(other));
			});
	}

	/**
	 * Citus does not distribute tables with triggers, and sequences would not be unique
	 * across machines.
	 */
	@Test
	void thereAreNoTriggersAndSequences() {
		assertThat(database.rows("select tgname from pg_trigger where not tgisinternal")).isEmpty();
		assertThat(database
			.rows("select relname from pg_class where relkind = 'S'" + " and relnamespace = 'public'::regnamespace"))
			.isEmpty();
		assertThat(texts("""
				select distinct pg_get_expr(adbin, adrelid) from pg_attrdef
				 where adrelid <> 'flyway_schema_history'::regclass
				""")).allMatch(
				(value) -> value.matches("now\\(\\)|[-0-9]+|'[^']*'::[a-z ]+|true|false|to_timestamp\\(.*"),
				"is a constant or the time");
	}

	private static String group(TablePlacement placement) {
		return Objects.requireNonNullElse(placement.colocatedWith(), placement.table());
	}

	private static String type(TablePlacement placement) {
		return String.valueOf(database.rows("""
				select format_type(atttypid, atttypmod) as type from pg_attribute
				 where attrelid = ?::regclass and attname = ?
				""", placement.table(), Objects.requireNonNull(placement.column())).get(0).get("type"));
	}

	private static TablePlacement placement(@Nullable Object table) {
		return Objects.requireNonNull(PLACEMENTS.get(String.valueOf(table)), () -> table + " has no placement");
	}

	private static List<String> texts(String sql) {
		return database.rows(sql).stream().map((row) -> String.valueOf(row.values().iterator().next())).toList();
	}

}
