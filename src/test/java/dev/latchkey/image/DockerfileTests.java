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
 * What a builder does not notice.
 */
class DockerfileTests {

	private final Dockerfile dockerfile = Dockerfile.read();

	@Test
	void theServiceIsTheProcessThatSignalsReach() {
		assertThat(this.dockerfile.arguments("ENTRYPOINT")).startsWith("java").endsWith("-jar", "latchkey.jar");
	}

	@Test
	void whatWasLearntIsUsedUnderTheSwitchesItWasLearntUnder() {
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
	 * A cache is of use to the very JVM that has made it only.
	 */
	@Test
	void theTrainedJvmIsTheOneThatIsShipped() {
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
	void whatIsCopiedIsThere() {
		assertThat(this.dockerfile.all("COPY").stream().filter((copy) -> !copy.startsWith("--from="))).isNotEmpty()
			.allSatisfy((copy) -> assertThat(Files.exists(Path.of(copy.substring(0, copy.indexOf(' '))))).as(copy)
				.isTrue());
	}

	/**
	 * The switches that lay out the heap and what is in it.
	 */
	private static Set<String> layout(Stream<String> arguments) {
		return arguments.filter((argument) -> argument.matches("-XX:.Use(.*GC|Compact.*|Compressed.*)"))
			.collect(Collectors.toSet());
	}

}
