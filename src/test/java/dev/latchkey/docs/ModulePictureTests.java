package dev.latchkey.docs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The picture of the modules in the contributor's guide is the one that the code has. It
 * merges each {@code .web} package with its module, and leaves out a dependency that
 * follows from others.
 */
class ModulePictureTests {

	private static final String ROOT = "dev.latchkey.";

	@Test
	void showsTheDependenciesOfTheCode() {
		String guide = Documents.read(Documents.GUIDES.resolve("contributing.md"));
		int begin = guide.indexOf("```mermaid\n");
		assertThat(begin).as("a picture in the guide").isNotNegative();
		String picture = guide.substring(begin, guide.indexOf("```\n", begin + 3) + 4);
		assertThat(picture).as("the picture must be replaced by\n" + expected()).isEqualTo(expected());
	}

	private static String expected() {
		StringBuilder picture = new StringBuilder("```mermaid\ngraph TD\n");
		reduced(dependencies()).forEach((module, used) -> used
			.forEach((other) -> picture.append("    ").append(module).append(" --> ").append(other).append('\n')));
		return picture.append("```\n").toString();
	}

	private static Map<String, Set<String>> dependencies() {
		Map<String, Set<String>> dependencies = new TreeMap<>();
		for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.latchkey")) {
			if (type.getPackageName().startsWith(ROOT)) {
				dependencies.computeIfAbsent(module(type), (name) -> new TreeSet<>()).addAll(used(type));
			}
		}
		return dependencies;
	}

	private static Set<String> used(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
			.filter((target) -> target.getPackageName().startsWith(ROOT))
			.map(ModulePictureTests::module)
			.filter((module) -> !module.equals(module(type)))
			.collect(Collectors.toSet());
	}

	private static String module(JavaClass type) {
		return type.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", "");
	}

	/**
	 * The transitive reduction: only dependencies that no longer path replaces.
	 */
	private static Map<String, Set<String>> reduced(Map<String, Set<String>> dependencies) {
		Map<String, Set<String>> reduced = new TreeMap<>();
		dependencies.forEach((module, used) -> {
			Set<String> indirect = used.stream()
				.flatMap((other) -> reachable(other, dependencies).stream())
				.collect(Collectors.toSet());
			Set<String> direct = new TreeSet<>(used);
			direct.removeAll(indirect);
			reduced.put(module, direct);
		});
		return reduced;
	}

	private static Set<String> reachable(String module, Map<String, Set<String>> dependencies) {
		Set<String> reachable = new TreeSet<>();
		for (String used : dependencies.getOrDefault(module, Set.of())) {
			reachable.add(used);
			reachable.addAll(reachable(used, dependencies));
		}
		return reachable;
	}

}
