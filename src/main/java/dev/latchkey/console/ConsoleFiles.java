package dev.latchkey.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.latchkey.http.StaticFile;
import dev.latchkey.shared.Sha256;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * All files that the console's pages load: its own, and the few that it uses from
 * WebJars. The version is a digest of all of them, so the content of a URL never changes.
 */
class ConsoleFiles {

	private static final String FOLDER = "/static/console/";

	private static final String OWN = "classpath*:" + FOLDER;

	private static final String WEBJAR = "classpath*:/META-INF/resources/webjars/%s/*/%s";

	private static final Map<String, List<String>> LIBRARIES = Map.of("lit", List.of("index.js"), "lit-element",
			List.of("lit-element.js"), "lit__reactive-element", List.of("reactive-element.js", "css-tag.js"),
			"lit-html", List.of("lit-html.js", "is-server.js", "directive.js", "directive-helpers.js",
					"directives/repeat.js", "directives/live.js", "directives/if-defined.js"),
			"picocss__pico", List.of("css/pico.min.css"));

	/** The media types of the console's files, by extension. */
	private static final Map<String, MediaType> TYPES = Map.of("js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"), "svg", MediaType.parseMediaType("image/svg+xml"));

	private final Map<String, StaticFile> files = new TreeMap<>();

	private final String version;

	ConsoleFiles() {
		this(new PathMatchingResourcePatternResolver());
	}

	private ConsoleFiles(ResourcePatternResolver resources) {
		try {
			readOwn(resources);
			for (Map.Entry<String, List<String>> library : LIBRARIES.entrySet()) {
				for (String file : library.getValue()) {
					readLibrary(resources, library.getKey(), file);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The console can't be read", ex);
		}
		this.version = digest(this.files);
	}

	/**
	 * The name of the folder under which these files are served.
	 */
	String version() {
		return this.version;
	}

	Set<String> names() {
		return this.files.keySet();
	}

	/**
	 * Finds a file.
	 * @param name below the versioned folder, such as {@code app.js}
	 */
	Optional<StaticFile> find(String name) {
		return Optional.ofNullable(this.files.get(name));
	}

	private void readOwn(ResourcePatternResolver resources) throws IOException {
		for (String extension : TYPES.keySet()) {
			for (Resource file : resources.getResources(OWN + "**/*." + extension)) {
				String path = file.getURL().getPath();
				add(path.substring(path.lastIndexOf(FOLDER) + FOLDER.length()), file);
			}
		}
	}

	private void readLibrary(ResourcePatternResolver resources, String webjar, String file) throws IOException {
		Resource[] found = resources.getResources(WEBJAR.formatted(webjar, file));
		if (found.length != 1) {
			throw new IOException(webjar + "/" + file + " was found " + found.length + " times");
		}
		add("lib/" + webjar + "/" + file, found[0]);
	}

	private void add(String name, Resource file) throws IOException {
		MediaType type = Objects.requireNonNull(TYPES.get(StringUtils.getFilenameExtension(name)), name);
		this.files.put(name, StaticFile.of(type, file.getContentAsByteArray()));
	}

	private static String digest(Map<String, StaticFile> files) {
		return Sha256.hex(files.entrySet()
			.stream()
			.map((file) -> file.getKey() + " " + file.getValue().digest())
			.collect(Collectors.joining("\n")), 8);
	}

}
