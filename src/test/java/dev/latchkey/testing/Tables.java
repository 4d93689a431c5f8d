package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/**
 * Reads all tables of a database, to find out whether anything changed and what they
 * contain.
 */
public final class Tables {

	private static final String NAMES = """
			select table_name as name from information_schema.tables
			 where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history'
			""";

	private static final Set<String> COUNTERS = Set.of("throttle", "address_attempt");

	private final TestDatabase database;

	private final List<String> names;

	/**
	 * @param database a migrated database
	 */
	public Tables(TestDatabase database) {
		this.database = database;
		this.names = database.rows(NAMES).stream().map((row) -> (String) row.get("name")).sorted().toList();
	}

	/**
	 * Returns a digest of the rows of each table. The counters of attempts and the last
	 * use of sessions are left out.
	 */
	public Map<String, Object> digest() {
		String sql = this.names.stream()
			.filter((name) -> !COUNTERS.contains(name))
			.map((name) -> "select '" + name + "' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
					+ " || ' of ' || count(*) as digest from " + rowsOf(name))
			.collect(Collectors.joining(" union all "));
		Map<String, Object> digests = new TreeMap<>();
		this.database.rows(sql).forEach((row) -> digests.put((String) row.get("name"), row.get("digest")));
		return digests;
	}

	/**
	 * Returns every row of every table as text.
	 */
	public String dump() {
		String sql = this.names.stream()
			.map((name) -> "select '" + name + " ' || t::text as line from " + name + " t")
			.collect(Collectors.joining(" union all "));
		return this.database.rows(sql)
			.stream()
			.map((row) -> (String) row.get("line"))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Waits until no e-mail is left to send.
	 */
	public void awaitEmptyOutbox() {
		await().until(() -> this.database.number("select count(*) from outbox") == 0);
	}

	private static String rowsOf(String name) {
		return name.equals("session") ? "(select id, user_id, expires_at from session) t" : name + " t";
	}

}
