package dev.latchkey.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties of the Dockerfile that a build does not check.
 */
class DockerfileTests {

	private final Dockerfile dockerfile = Dockerfile.read();

	@Test
	void theServiceReceivesSignals() {
		assertThat(this.dockerfile.arguments("ENTRYPOINT")).startsWith("java").endsWith("-jar", "latchkey.jar");
	}

	@Test
	void theCacheIsUsedWithTheSwitchesOfTheTraining() {
		List<String> entryPoint = this.dockerfile.arguments("ENTRYPOINT");
		String training = this.dockerfile.all("RUN")
			.stream()
			.filter((run) -> run.contains("train.sh"))
			.findFirst()
			.orElseThrow();
		assertThat(layout(Pattern.compile(" ").splitAsStream(training))).isEqualTo(layout(entryPoint.stream()))
			.contains("-XX:+UseCompactObjectHeaders");
		assertThat(training).contains("/tmp/latchkey.aot");
		assertThat(this.dockerfile.all("COPY")).contains("--from=training --chown=root:root /tmp/latchkey.aot ./");
		assertThat(entryPoint).contains("-XX:AOTCache=latchkey.aot");
	}

	/**
	 * Only the JVM that created a cache can use it.
	 */
	@Test
	void theTrainingUsesTheJvmThatIsShipped() {
		List<String> stages = this.dockerfile.all("FROM");
		assertThat(stages).hasSize(4)
			.satisfiesExactly((build) -> assertThat(build).matches("maven:[\\d.]+-eclipse-temurin-25 AS build"),
					(runtime) -> assertThat(runtime).matches("eclipse-temurin:25-jre-[a-z]+ AS runtime"),
					(training) -> assertThat(training).isEqualTo("runtime AS training"),
					(shipped) -> assertThat(shipped).isEqualTo("runtime"));
		assertThat(this.dockerfile.one("LABEL"))
			.contains("base.name=\"docker.io/library/" + stages.get(1).replace(" AS runtime", "") + "\"");
	}

	@Test
	void everyCopiedFileExists() {
		assertThat(this.dockerfile.all("COPY").stream().filter((copy) -> !copy.startsWith("--from="))).isNotEmpty()
			.allSatisfy((copy) -> assertThat(Files.exists(Path.of(copy.substring(0, copy.indexOf(' '))))).as(copy)
				.isTrue());
	}

	/**
	 * The switches that select the heap and the object layout.
	 */
	private static Set<String> layout(Stream<String> arguments) {
		return arguments.filter((argument) -> argument.matches("-XX:.Use(.*GC|Compact.*|Compressed.*)"))
			.collect(Collectors.toSet());
	}

}
