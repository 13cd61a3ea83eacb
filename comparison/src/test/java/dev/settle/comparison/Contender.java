package dev.settle.comparison;

import dev.settle.comparison.failsafe.FailsafeLibrary;
import dev.settle.comparison.resilience4j.Resilience4jLibrary;
import dev.settle.comparison.settle.SettleLibrary;
import dev.settle.comparison.smallrye.SmallRyeLibrary;
import dev.settle.comparison.spring.SpringLibrary;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.core.SpringVersion;

/** A library that takes part; each scenario gets it fresh. */
record Contender(String name, String version, String how, Supplier<Library> fresh) {

    static final Contender SETTLE = new Contender(
            "Settle",
            System.getProperty("comparison.version.settle"),
            "its annotations, on a bean of a Spring Boot application",
            SettleLibrary::new);

    static final List<Contender> ALL = List.of(
            SETTLE,
            new Contender(
                    "Resilience4j",
                    System.getProperty("comparison.version.resilience4j"),
                    "its decorators, with its context-aware scheduler; its annotations (`resilience4j-spring-boot4`)"
                            + " where start-up, shutdown or beans are asked about",
                    Resilience4jLibrary::new),
            new Contender(
                    "Spring",
                    SpringVersion.getVersion(),
                    "`@Retryable` and `@ConcurrencyLimit` with `@EnableResilientMethods`; `SmartLifecycle` for the"
                            + " cleanups",
                    SpringLibrary::new),
            new Contender(
                    "Failsafe",
                    System.getProperty("comparison.version.failsafe"),
                    "`getStageAsync`, and `get` for synchronous methods, on a scheduler that is shut down with the"
                            + " application",
                    FailsafeLibrary::new),
            new Contender(
                    "SmallRye",
                    System.getProperty("comparison.version.smallrye"),
                    "`TypedGuard` of SmallRye Fault Tolerance, standalone, without CDI; a timeout around the limit where a"
                            + " wait has to end",
                    () -> new Isolated(List.of("io.smallrye.", "dev.settle.comparison.smallrye."))
                            .library(SmallRyeLibrary.class)));
}
