package dev.latchkey;

import java.lang.reflect.AnnotatedElement;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import dev.latchkey.shutdown.GracefulShutdown;
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
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The architecture rules: which module may use which other module, and which operations
 * are allowed in one class only.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.latchkey";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	/**
	 * The packages that each package uses. A module is a package and its {@code .web}
	 * package, and only the latter depends on HTTP. The root package connects the
	 * modules.
	 */
	private static final Map<String, Set<String>> USES = new TreeMap<>(Map.ofEntries(
			uses("account", "command feed outage permission retention session shared sql"),
			uses("account.web", "account command feed http language permission permission.web session shared"),
			uses("command", "retention shared sql"), uses("console", "http problem shared"),
			uses("database", "embedded shared"), uses("docs", "http shared"), uses("embedded", "linktoken shared"),
			uses("embedded.web", "embedded http shared"), uses("feed", "outage reactive retention shared shutdown sql"),
			uses("feed.web", "feed http session shared shutdown"), uses("http", "command language reactive shared"),
			uses("invitation",
					"account command feed language linktoken mail observability outage permission reactive retention"
							+ " session shared sql user"),
			uses("invitation.web",
					"command feed http invitation language permission permission.web problem session"
							+ " session.web shared shutdown user"),
			uses("language", "shared"), uses("linktoken", "outage reactive shared"),
			uses("mail", "language observability outage reactive retention shared shutdown sql"),
			uses("observability", "outage reactive shared"), uses("outage", ""),
			uses("ownership", "account command feed language linktoken mail permission session shared sql"),
			uses("ownership.web", "account account.web http ownership session shared"), uses("permission", "shared"),
			uses("permission.web", "http language permission"), uses("problem", "http language outage shared"),
			uses("ratelimit", "observability retention shared sql"), uses("reactive", "outage"),
			uses("retention", "outage reactive shared sql"), uses("server", "http language problem shared shutdown"),
			uses("session", "language linktoken mail outage ratelimit reactive retention shared sql user"),
			uses("session.web", "http server session shared user"), uses("shared", ""), uses("shutdown", "shared"),
			uses("sql", ""), uses("user", "language linktoken mail observability ratelimit retention shared sql"),
			uses("user.web", "http language shared user")));

	@Nested
	class Modules {

		@TestFactory
		Stream<DynamicTest> useExactlyTheModulesOfTheTable() {
			return USES.keySet()
				.stream()
				.map((name) -> DynamicTest.dynamicTest(name,
						() -> assertThat(usedBy(name)).as(name + " uses").isEqualTo(USES.get(name))));
		}

		@Test
		void areAllInTheTable() {
			assertThat(packages()).containsExactlyInAnyOrderElementsOf(
					Stream.concat(Stream.of(ROOT), USES.keySet().stream().map(Modules::inside)).toList());
		}

		@Test
		void haveNoCycles() {
			slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
		}

		@Test
		void haveADocumentedNullMarkedPackage() {
			assertThat(packages()).allMatch((name) -> packageInfo(name).isAnnotationPresent(NullMarked.class));
		}

		@TestFactory
		Stream<DynamicTest> ofTheDomainDependOnPlainJavaOnly() {
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

		private static Set<String> usedBy(String name) {
			return CLASSES.stream()
				.filter((type) -> type.getPackageName().equals(inside(name)))
				.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType().getPackageName())
				.filter((used) -> used.startsWith(ROOT + ".") && !used.equals(inside(name)))
				.map((used) -> used.substring(ROOT.length() + 1))
				.collect(Collectors.toCollection(TreeSet::new));
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
		 * Tests must be able to control the time. The database clock decides about expiry
		 * and limits, so a replica with a wrong clock does no harm.
		 */
		@Test
		void isReadFromTheSystemClockInOneClass() {
			noClasses().that()
				.doNotBelongToAnyOf(LatchkeyConfiguration.class)
				.should()
				.callMethodWhere(target("reads the system clock", ArchitectureTests::readsTheClock))
				.orShould()
				.callConstructor(java.util.Date.class)
				.check(CLASSES);
		}

	}

	@Nested
	class Streams {

		@Test
		void blockOnlyAtStartUpAndShutdown() {
			noClasses().that()
				.doNotBelongToAnyOf(DemoAccount.class, GracefulShutdown.class)
				.should()
				.callMethodWhere(target("blocks", ArchitectureTests::blocks))
				.check(CLASSES);
		}

		/**
		 * Background work has a lifecycle that ends it. The tail of an account starts
		 * with its first watcher and ends with its last.
		 */
		@Test
		void areSubscribedToInLifecyclesOnly() {
			noClasses().that()
				.areNotAssignableTo(SmartLifecycle.class)
				.and()
				.doNotHaveFullyQualifiedName(ROOT + ".feed.AccountTails")
				.should()
				.callMethodWhere(target("subscribes",
						(called) -> isOfPublisher(called) && Set.of("subscribe", "connect").contains(called.getName())))
				.check(CLASSES);
		}

		/**
		 * Only one class converts a publisher to a future: the one that completes writes
		 * after the client has disconnected.
		 */
		@Test
		void becomeFuturesInOneClassOnly() {
			noClasses().that()
				.doNotHaveFullyQualifiedName(ROOT + ".reactive.Uncancellable")
				.should()
				.callMethodWhere(target("creates a future", (called) -> called.getName().equals("toFuture")))
				.check(CLASSES);
		}

		@Test
		void useATransactionalOperatorInsteadOfTheAnnotation() {
			noClasses().should().beAnnotatedWith(Transactional.class).check(CLASSES);
			methods().should().notBeAnnotatedWith(Transactional.class).check(CLASSES);
		}

	}

	@Nested
	class Types {

		@Test
		void haveNoMeaninglessSuffix() {
			noClasses().should()
				.haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base|Dto|DTO|Data|Common)")
				.check(CLASSES);
		}

		@Test
		void useConstructorInjection() {
			fields().should()
				.notBeAnnotatedWith(Autowired.class)
				.andShould()
				.notBeAnnotatedWith(Value.class)
				.check(CLASSES);
			methods().should().notBeAnnotatedWith(Autowired.class).check(CLASSES);
		}

		/**
		 * At start-up, the application scans only classes with these names.
		 */
		@Test
		void thatAreComponentsHaveAScannedNameOrAreImported() {
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
				.and(DescribedPredicate.describe("are not imported", (type) -> !imported.contains(type.reflect())))
				.should()
				.haveNameMatching(".*(Configuration|Routes)")
				.check(CLASSES);
		}

		/**
		 * The {@code findById} of a CRUD repository would find a row without its account.
		 */
		@Test
		void thatAreRepositoriesInheritNoQueries() {
			classes().that()
				.haveSimpleNameEndingWith("Repository")
				.should()
				.beAssignableTo(Repository.class)
				.andShould()
				.notBeAssignableTo(ReactiveCrudRepository.class)
				.check(CLASSES);
		}

	}

	private static Map.Entry<String, Set<String>> uses(String name, String usedNames) {
		return Map.entry(name,
				Pattern.compile(" ")
					.splitAsStream(usedNames)
					.filter((used) -> !used.isEmpty())
					.collect(Collectors.toSet()));
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

	private static DescribedPredicate<JavaAccess<?>> target(String description,
			java.util.function.Predicate<AccessTarget> predicate) {
		return DescribedPredicate.describe(description, (access) -> predicate.test(access.getTarget()));
	}

}
