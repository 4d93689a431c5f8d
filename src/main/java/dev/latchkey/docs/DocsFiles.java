package dev.latchkey.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.latchkey.http.ContentSecurityPolicy;
import dev.latchkey.http.StaticFile;
import org.webjars.WebJarVersionLocator;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * The documentation page and the files that it loads: its own, and two of Swagger UI.
 */
final class DocsFiles {

	private static final String FOLDER = "docs/";

	private static final List<String> OWN_FILES = List.of("docs.css", "docs.js", "favicon.svg");

	private static final List<String> SWAGGER_FILES = List.of("swagger-ui.css", "swagger-ui-bundle.js");

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	/** The style sheet of Swagger UI contains its icons as data URLs. */
	private static final String CONTENT_POLICY = ContentSecurityPolicy.DEFAULT + "; img-src 'self' data:";

	private final Map<String, StaticFile> files = new TreeMap<>();

	private final CacheableText page;

	private DocsFiles() throws IOException {
		WebJarVersionLocator webJars = new WebJarVersionLocator();
		String html = new ClassPathResource(FOLDER + "docs.html").getContentAsString(StandardCharsets.UTF_8);
		for (String name : OWN_FILES) {
			html = withFile(html, name, FOLDER + name);
		}
		for (String name : SWAGGER_FILES) {
			html = withFile(html, name, Objects.requireNonNull(webJars.fullPath("swagger-ui", name)));
		}
		this.page = new CacheableText(HTML, html, Map.of("Content-Security-Policy", CONTENT_POLICY));
	}

	/**
	 * Reads and compresses all files, which takes some time.
	 */
	static DocsFiles read() throws IOException {
		return new DocsFiles();
	}

	CacheableText page() {
		return this.page;
	}

	Optional<StaticFile> file(String name) {
		return Optional.ofNullable(this.files.get(name));
	}

	/**
	 * Stores a file under a name that contains its digest, and replaces the name in the
	 * page.
	 */
	private String withFile(String html, String name, String path) throws IOException {
		StaticFile file = StaticFile.of(MediaTypeFactory.getMediaType(name).orElseThrow(),
				new ClassPathResource(path).getContentAsByteArray());
		int extension = name.lastIndexOf('.');
		String versionedName = name.substring(0, extension) + '-' + file.digest() + name.substring(extension);
		this.files.put(versionedName, file);
		return html.replace('"' + FOLDER + name + '"', '"' + FOLDER + versionedName + '"');
	}

}
