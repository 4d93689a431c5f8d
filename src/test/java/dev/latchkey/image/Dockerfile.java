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
 * The instructions of the image, each in one line, in their order.
 */
public record Dockerfile(List<String> instructions) {

	private static final Pattern LIST = Pattern.compile("\\[.*]");

	/**
	 * Reads the one that is shipped.
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
	 * What follows a word at the beginning of an instruction, each time that it occurs.
	 */
	public List<String> all(String word) {
		return this.instructions.stream()
			.filter((instruction) -> instruction.startsWith(word + " "))
			.map((instruction) -> instruction.substring(word.length() + 1))
			.toList();
	}

	/**
	 * What follows a word that occurs once.
	 */
	public String one(String word) {
		List<String> all = all(word);
		if (all.size() != 1) {
			throw new AssertionError(word + " occurs " + all.size() + " times");
		}
		return all.get(0);
	}

	/**
	 * The arguments of an instruction in its form without a shell.
	 */
	public List<String> arguments(String word) {
		Matcher list = LIST.matcher(one(word));
		if (!list.find()) {
			throw new AssertionError(word + " goes through a shell: " + one(word));
		}
		return List.of(JsonMapper.shared().readValue(list.group(), String[].class));
	}

}
