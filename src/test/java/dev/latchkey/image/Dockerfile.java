package dev.latchkey.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

/**
 * The instructions of the Dockerfile, each in one line.
 */
public record Dockerfile(List<String> instructions) {

	private static final Pattern LIST = Pattern.compile("\\[.*]");

	/**
	 * Reads the Dockerfile of the project.
	 */
	public static Dockerfile read() {
		try {
			String text = Files.readString(Path.of("Dockerfile"));
			return new Dockerfile(text.replaceAll("(?m)^#.*\n", "")
				.replaceAll("\\s*\\\\\n\\s*", " ")
				.lines()
				.filter((line) -> !line.isBlank())
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The arguments of all instructions that start with a keyword.
	 */
	public List<String> all(String keyword) {
		return this.instructions.stream()
			.filter((instruction) -> instruction.startsWith(keyword + " "))
			.map((instruction) -> instruction.substring(keyword.length() + 1))
			.toList();
	}

	/**
	 * The arguments of the only instruction that starts with a keyword.
	 */
	public String one(String keyword) {
		List<String> all = all(keyword);
		if (all.size() != 1) {
			throw new AssertionError(keyword + " occurs " + all.size() + " times");
		}
		return all.get(0);
	}

	/**
	 * The arguments of an instruction in exec form, without a shell.
	 */
	public List<String> arguments(String keyword) {
		Matcher list = LIST.matcher(one(keyword));
		if (!list.find()) {
			throw new AssertionError(keyword + " goes through a shell: " + one(keyword));
		}
		return List.of(JsonMapper.shared().readValue(list.group(), String[].class));
	}

}
