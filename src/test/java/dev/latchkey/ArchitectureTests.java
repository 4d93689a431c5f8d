package dev.latchkey;

import java.lang.reflect.AnnotatedElement;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the house looks like: which module may use which, and what is done in one place
 * only.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.latchkey";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	/** What each module may use, besides itself; the root package may use all. */
	private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(Map.entry("shared", Set.of()),
			Map.entry("language", Set.of("shared")), Map.entry("signal", Set.of()), Map.entry("metrics", Set.of()),
			Map.entry("database", Set.of("shared")),
			Map.entry("http", Set.of("language", "shared", "database", "signal", "metrics")),
			Map.entry("permission", Set.of("http", "language", "shared")),
			Map.entry("mail", Set.of("language", "shared", "database", "signal", "metrics")),
			Map.entry("user", Set.of("mail", "http", "language", "shared", "database", "metrics")),
			Map.entry("session", Set.of("user", "mail", "http", "language", "shared", "database", "signal")),
			Map.entry("feed", Set.of("session", "http", "shared", "database", "signal")),
			Map.entry("account",
					Set.of("permission", "user", "session", "feed", "mail", "http", "language", "shared", "database")),
			Map.entry("invitation",
					Set.of("account", "permission", "user", "session", "feed", "mail", "http", "language", "shared",
							"database", "signal", "metrics")),
			Map.entry("retention", Set.of("shared", "database")),
			Map.entry("embedded", Set.of("mail", "http", "shared")), Map.entry("console", Set.of("http", "shared"))));

	@Nested
	class Modules {

		@TestFactory
		Stream<DynamicTest> useOnlyWhatIsBelowThem() {
			return MAY_USE.keySet()
				.stream()
				.map((module) -> DynamicTest.dynamicTest(module,
						() -> noClasses().that()
							.resideInAPackage(inside(module))
							.should()
							.dependOnClassesThat(outsideOf(module, false))
							.allowEmptyShould(true)
							.check(CLASSES)));
		}

		/**
		 * The web side of a feature may also use the web side of those it may use, and
		 * nobody else may: whatever works without HTTP knows nothing of it.
		 */
		@TestFactory
		Stream<DynamicTest> haveAWebSideThatUsesItsFeatureAndTheWebSidesBelow() {
			return MAY_USE.keySet()
				.stream()
				.map((module) -> DynamicTest.dynamicTest(module,
						() -> noClasses().that()
							.resideInAPackage(inside(module) + ".web")
							.should()
							.dependOnClassesThat(outsideOf(module, true))
							.allowEmptyShould(true)
							.check(CLASSES)));
		}

		@Test
		void areOneOrTwoPackagesEach() {
			String modules = String.join("|", MAY_USE.keySet());
			Pattern known = Pattern.compile(Pattern.quote(ROOT) + "(\\.(" + modules + ")(\\.web)?)?");
			assertThat(packages()).allMatch((name) -> known.matcher(name).matches());
		}

		@Test
		void allSayWhatTheyAreForAndWhatIsNeverNull() {
			assertThat(packages()).allMatch((name) -> packageInfo(name).isAnnotationPresent(NullMarked.class));
		}

		@TestFactory
		Stream<DynamicTest> withTheRulesOfTheHouseArePlainJava() {
			return Stream.of("shared", "permission")
				.map((module) -> DynamicTest.dynamicTest(module,
						() -> classes().that()
							.resideInAPackage(inside(module))
							.should()
							.onlyDependOnClassesThat()
							.resideInAnyPackage("java..", "javax.crypto..", "org.jspecify.annotations", inside(module),
									inside("shared"))
							.check(CLASSES)));
		}

		private static String inside(String module) {
			return ROOT + "." + module;
		}

		private static DescribedPredicate<JavaClass> outsideOf(String module, boolean web) {
			return DescribedPredicate.describe("are none of " + MAY_USE.get(module), (used) -> {
				String name = used.getPackageName();
				if (!name.equals(ROOT) && !name.startsWith(ROOT + ".")) {
					return false;
				}
				Stream<String> allowed = Stream
					.concat(Stream.of(module), MAY_USE.getOrDefault(module, Set.of()).stream())
					.map(Modules::inside)
					.flatMap((feature) -> web ? Stream.of(feature, feature + ".web") : Stream.of(feature));
				return allowed.noneMatch(name::equals);
			});
		}

		private static List<String> packages() {
			return CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted().toList();
		}

		private static AnnotatedElement packageInfo(String name) {
			try {
				return Class.forName(name + ".package-info");
			}
			catch (ClassNotFoundException ex) {
				throw new AssertionError(name + " has no package-info", ex);
			}
		}

	}

	@Nested
	class Time {

		/**
		 * Identity, expiry and limits must be movable by a test, and what decides is the
		 * database's clock: a replica whose own is wrong changes nothing.
		 */
		@Test
		void isReadFromTheSystemByTheRootPackageOnly() {
			noClasses().that()
				.resideOutsideOfPackage(ROOT)
				.should()
				.callMethodWhere(target("reads the system's clock", ArchitectureTests::readsTheClock))
				.orShould()
				.callConstructor(java.util.Date.class)
				.check(CLASSES);
		}

	}

	@Nested
	class Streams {

		@Test
		void areWaitedForAtStartUpOnly() {
			noClasses().that()
				.resideOutsideOfPackage(ROOT)
				.should()
				.callMethodWhere(target("blocks", ArchitectureTests::blocks))
				.check(CLASSES);
		}

		/**
		 * Work that nobody waits for has a lifecycle that ends it; a tail's begins with
		 * its first watcher and ends with the last.
		 */
		@Test
		void areSubscribedToByLifecyclesOnly() {
			noClasses().that()
				.areNotAssignableTo(SmartLifecycle.class)
				.and()
				.doNotHaveFullyQualifiedName(ROOT + ".feed.Tails")
				.should()
				.callMethodWhere(target("subscribes",
						(called) -> isOfPublisher(called) && Set.of("subscribe", "connect").contains(called.getName())))
				.check(CLASSES);
		}

		/**
		 * Only one place turns a stream into a future: the one that hands over writes.
		 */
		@Test
		void becomeFuturesInTheHandoverOnly() {
			noClasses().that()
				.doNotHaveFullyQualifiedName(ROOT + ".http.Handover")
				.should()
				.callMethodWhere(target("makes a future", (called) -> called.getName().equals("toFuture")))
				.check(CLASSES);
		}

		@Test
		void areTransactionalByAnOperatorNotByAnAnnotation() {
			noClasses().should().beAnnotatedWith(Transactional.class).check(CLASSES);
			methods().should().notBeAnnotatedWith(Transactional.class).check(CLASSES);
		}

	}

	@Nested
	class Types {

		@Test
		void haveNamesThatSayWhatTheyAre() {
			noClasses().should()
				.haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base|Dto|DTO|Data|Common)")
				.check(CLASSES);
		}

		@Test
		void getWhatTheyNeedByTheirConstructor() {
			fields().should()
				.notBeAnnotatedWith(Autowired.class)
				.andShould()
				.notBeAnnotatedWith(Value.class)
				.check(CLASSES);
			methods().should().notBeAnnotatedWith(Autowired.class).check(CLASSES);
		}

		/**
		 * The start looks into files of these names only.
		 */
		@Test
		void thatSayWhatAFeatureConsistsOfAreFoundByTheirNameOrImported() {
			Set<Class<?>> imported = CLASSES.stream()
				.filter((type) -> type.isAnnotatedWith(Import.class))
				.flatMap((type) -> Stream.of(type.getAnnotationOfType(Import.class).value()))
				.collect(Collectors.toSet());
			classes().that()
				.areMetaAnnotatedWith(Component.class)
				.and()
				.areTopLevelClasses()
				.and()
				.doNotBelongToAnyOf(LatchkeyApplication.class)
				.and(DescribedPredicate.describe("nobody imports", (type) -> !imported.contains(type.reflect())))
				.should()
				.haveNameMatching(".*(Configuration|Routes)")
				.check(CLASSES);
		}

		/**
		 * A repository with {@code findById} would find an account's row without its
		 * account.
		 */
		@Test
		void thatAreRepositoriesOfferNoMoreThanTheySay() {
			classes().that()
				.haveSimpleNameEndingWith("Repository")
				.should()
				.beAssignableTo(Repository.class)
				.andShould()
				.notBeAssignableTo(ReactiveCrudRepository.class)
				.check(CLASSES);
		}

	}

	private static boolean readsTheClock(AccessTarget called) {
		String owner = called.getOwner().getName();
		String name = called.getName();
		boolean system = owner.equals(System.class.getName()) && name.equals("currentTimeMillis");
		boolean clock = Set.of(Clock.class.getName(), InstantSource.class.getName()).contains(owner)
				&& (name.startsWith("system") || name.startsWith("tick"));
		boolean now = owner.startsWith("java.time.") && name.equals("now");
		return system || clock || now;
	}

	private static boolean blocks(AccessTarget called) {
		String name = called.getName();
		return isOfPublisher(called)
				&& (name.startsWith("block") || name.equals("toIterable") || name.equals("toStream"));
	}

	private static boolean isOfPublisher(AccessTarget called) {
		return called.getOwner().isAssignableTo(Publisher.class);
	}

	private static DescribedPredicate<JavaAccess<?>> target(String what,
			java.util.function.Predicate<AccessTarget> predicate) {
		return DescribedPredicate.describe(what, (access) -> predicate.test(access.getTarget()));
	}

}
