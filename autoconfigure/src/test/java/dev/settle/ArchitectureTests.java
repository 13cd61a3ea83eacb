package dev.settle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.settle.core.PolicyBinding;
import dev.settle.plan.PolicyBindings;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The rules of the house; each says why it is there. */
@AnalyzeClasses(packagesOf = ArchitectureTests.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String[] ENGINE = {
        "dev.settle",
        "dev.settle.annotation",
        "dev.settle.abort",
        "dev.settle.cluster",
        "dev.settle.core",
        "dev.settle.flow",
        "dev.settle.policy..",
        "dev.settle.queue",
        "dev.settle.time"
    };

    private static final Set<String> NO_POLICY =
            Set.of("dev.settle.annotation.OnAbort", "dev.settle.annotation.AbortPhase");

    @ArchTest
    static final ArchRule theEngineIsFreeOfSpring = classes()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..").or(resideInAnyPackage(ENGINE)))
            .because("signals, groups and policies are usable in plain code");

    @ArchTest
    static final ArchRule annotationsNeedOnlyTheJdk = classes()
            .that()
            .resideInAPackage("dev.settle.annotation")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.settle.annotation"))
            .because("a module that only carries annotations pulls in nothing");

    @ArchTest
    static final ArchRule callsDoNotKnowPolicies = noClasses()
            .that()
            .resideInAnyPackage("dev.settle.core", "dev.settle.abort", "dev.settle.queue", "dev.settle.time")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.settle.policy..", "dev.settle.annotation"))
            .because("a new policy must not need a change below it");

    @ArchTest
    static final ArchRule flowsDoNotKnowPolicies = noClasses()
            .that()
            .resideInAPackage("dev.settle.flow")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.settle.policy..", "dev.settle.annotation"))
            .because("a policy is put around the work, whatever runs it");

    @ArchTest
    static final ArchRule abortStandsBelowCalls = noClasses()
            .that()
            .resideInAPackage("dev.settle.abort")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.settle.core"))
            .because("a call has a signal, a signal knows of no calls (docs/decisions/0001)");

    @ArchTest
    static final ArchRule linesKnowNobody = classes()
            .that()
            .resideInAPackage("dev.settle.queue")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.settle.queue"))
            .because("who waits, and for what, is none of a line's business");

    @ArchTest
    static final ArchRule policiesDoNotKnowEachOther = slices().matching("dev.settle.policy.(*)..")
            .should()
            .notDependOnEachOther()
            .because("any of them can be left out, and their order is decided in one list");

    @ArchTest
    static final ArchRule oneAdapterKnowsRedisson = noClasses()
            .that()
            .resideOutsideOfPackages("dev.settle.cluster.redisson", "dev.settle.autoconfigure")
            .should()
            .dependOnClassesThat(resideInAPackage("org.redisson.."))
            .because("another engine is another adapter, and the library is optional");

    @ArchTest
    static final ArchRule policiesDoNotKnowTheCluster = noClasses()
            .that()
            .resideInAnyPackage("dev.settle.core", "dev.settle.abort", "dev.settle.queue", "dev.settle.policy..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.settle.cluster.."))
            .because("a policy says what holds for all instances, and not how they learn of it");

    @ArchTest
    static final ArchRule thereAreNoCycles = slices().assignedFrom(new Packages())
            .should()
            .beFreeOfCycles()
            .because("each package can be read after those it uses");

    @ArchTest
    static final ArchRule nothingImportsTheAutoConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("dev.settle.autoconfigure")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.settle.autoconfigure"))
            .because("Boot is an edge: mutable properties and conditions stay there");

    @ArchTest
    static final ArchRule timeComesFromOneSource = noClasses()
            .that()
            .resideOutsideOfPackage("dev.settle.time")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(CompletableFuture.class, "orTimeout", long.class, TimeUnit.class)
            .orShould()
            .callMethod(CompletableFuture.class, "completeOnTimeout", Object.class, long.class, TimeUnit.class)
            .orShould()
            .callMethod(CompletableFuture.class, "delayedExecutor", long.class, TimeUnit.class)
            .because("tests drive clock and timers together");

    @ArchTest
    static final ArchRule micrometerStaysInItsAdapters = noClasses()
            .that(not(resideInAnyPackage("dev.settle.metrics", "dev.settle.context", "dev.settle.autoconfigure")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."))
            .because("it is optional");

    @ArchTest
    static final ArchRule autoConfigurationsHaveNoPublicMembers = classes()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should(new HaveNoPublicMethods())
            .because("bean methods are called by Spring alone");

    @ArchTest
    static void everyPolicyAnnotationHasABinding(JavaClasses classes) {
        Set<String> annotations = classes.stream()
                .filter(type -> type.getPackageName().equals("dev.settle.annotation"))
                .filter(type -> type.isAnnotation() && type.isTopLevelClass())
                .map(JavaClass::getName)
                .filter(name -> !NO_POLICY.contains(name))
                .collect(Collectors.toSet());

        assertThat(PolicyBindings.OUTERMOST_FIRST)
                .extracting(PolicyBinding::annotation)
                .extracting(Class<? extends Annotation>::getName)
                .as("an annotation without a binding would do nothing")
                .containsAll(annotations);
    }

    /** A package is a slice, but for the exceptions in the root and the signals that throw them: they are one. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith("dev.settle")) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(name.equals("dev.settle") ? "dev.settle.abort" : name);
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
