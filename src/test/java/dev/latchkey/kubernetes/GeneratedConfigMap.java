package dev.latchkey.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;

/**
 * A ConfigMap that a kustomization generates or merges with. Its name ends with a hash of
 * its content, so that pods are replaced when the content changes.
 */
final class GeneratedConfigMap {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String name;

	private final Map<String, String> data = new TreeMap<>();

	private Map<String, Object> labels = Map.of();

	private boolean hashed = true;

	private GeneratedConfigMap(String name) {
		this.name = name;
	}

	static void generate(Map<String, Object> entry, Path folder, Map<String, GeneratedConfigMap> all)
			throws IOException {
		Tree.requireKnownKeys(entry, Set.of("name", "behavior", "literals", "files", "options"),
				"configMapGenerator in " + folder);
		String name = (String) entry.get("name");
		boolean isMerge = "merge".equals(entry.get("behavior"));
		if (isMerge != all.containsKey(name) || (!isMerge && entry.containsKey("behavior"))) {
			throw new AssertionError("merge needs an existing ConfigMap, and anything else a new one: " + entry);
		}
		GeneratedConfigMap map = all.computeIfAbsent(name, GeneratedConfigMap::new);
		for (Object literal : Tree.list(entry.getOrDefault("literals", List.of()))) {
			String[] parts = ((String) literal).split("=", 2);
			map.data.put(parts[0], parts[1]);
		}
		for (Object file : Tree.list(entry.getOrDefault("files", List.of()))) {
			map.data.put((String) file, Files.readString(folder.resolve((String) file)));
		}
		map.options(Tree.map(entry.getOrDefault("options", Map.of())), folder);
	}

	private void options(Map<String, Object> options, Path folder) {
		Tree.requireKnownKeys(options, Set.of("disableNameSuffixHash", "labels"), "a generator's options in " + folder);
		if (Boolean.TRUE.equals(options.get("disableNameSuffixHash"))) {
			this.hashed = false;
		}
		if (options.containsKey("labels")) {
			this.labels = Tree.map(options.get("labels"));
		}
	}

	Manifest manifest() {
		Map<String, Object> metadata = new TreeMap<>(Map.of("name", finalName()));
		if (!this.labels.isEmpty()) {
			metadata.put("labels", Tree.copy(this.labels));
		}
		return new Manifest(new TreeMap<>(
				Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", this.data)));
	}

	/**
	 * The name with Kustomize's hash: ten hex digits, some of them replaced by letters so
	 * that they form no word.
	 */
	String finalName() {
		if (!this.hashed) {
			return this.name;
		}
		String json = JSON
			.writeValueAsString(new TreeMap<>(Map.of("data", this.data, "kind", "ConfigMap", "name", "")));
		// Go escapes these characters in JSON.
		String text = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
		String hash = HexFormat.of().formatHex(sha256(text)).substring(0, 10);
		return this.name + "-"
				+ hash.replace('0', 'g').replace('1', 'h').replace('3', 'k').replace('a', 'm').replace('e', 't');
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
