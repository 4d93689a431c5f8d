package dev.latchkey.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/**
 * A process with an embedded database that adds rows until it is killed, and prints a
 * number after each committed row.
 */
final class DatabaseProcess {

	private DatabaseProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), 0);
		try (Connection connection = Sql.connect(database); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE acknowledged (number integer)");
			for (int number = 1; true; number++) {
				statement.execute("INSERT INTO acknowledged VALUES (" + number + ")");
				System.out.println(number);
			}
		}
	}

}
