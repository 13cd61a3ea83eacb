package dev.settle.benchmark.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process may have on its class path beside Spring Boot, and nothing of the others. */
public enum Library {
    /** Only Spring Boot. */
    NONE(List.of(), List.of()),
    /** Settle, which brings nothing along. */
    SETTLE(List.of("dev/settle/annotation/Retry.class"), List.of()),
    /** Settle, and Reactor for what returns a {@code Mono}. */
    SETTLE_AND_REACTOR(List.of("dev/settle/annotation/Retry.class"), List.of("reactor-core-", "reactive-streams-")),
    /** Settle in an application that serves the web, with its actuator. */
    SETTLE_AND_WEB(
            List.of("dev/settle/annotation/Retry.class"),
            List.of("spring-boot-", "spring-web", "tomcat-embed-", "jackson-", "micrometer-core-", "jakarta.")),
    /** Spring's own resilience is part of Spring. */
    REACTOR(List.of(), List.of("reactor-core-", "reactive-streams-")),
    /** Resilience4j's starter, AspectJ, which its annotations need, and Micrometer, which it brings along. */
    RESILIENCE4J(List.of(), List.of("resilience4j-", "aspectjweaver-", "micrometer-core-")),
    /** Failsafe. */
    FAILSAFE(List.of(), List.of("failsafe-"));

    private static final List<String> SPRING_BOOT = List.of(
            "spring-boot-4",
            "spring-boot-autoconfigure-4",
            "spring-aop-",
            "spring-beans-",
            "spring-context-7",
            "spring-core-7",
            "spring-expression-",
            "commons-logging-",
            "slf4j-api-",
            "logback-",
            "jspecify-",
            "micrometer-commons-",
            "micrometer-observation-1",
            "jakarta.annotation-api-");

    private static final String OWN = "dev/settle/benchmark/process/Library.class";

    private final List<String> classes;
    private final List<String> jars;

    Library(List<String> classes, List<String> jars) {
        this.classes = classes;
        this.jars = jars;
    }

    /** What of this process's class path belongs to it. */
    public String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> belongs(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean belongs(Path entry) {
        if (Files.isDirectory(entry)) {
            return Stream.concat(Stream.of(OWN), this.classes.stream())
                    .anyMatch(file -> Files.exists(entry.resolve(file)));
        }
        String name = String.valueOf(entry.getFileName());
        // Settle itself, when it is a jar.
        boolean settle = !this.classes.isEmpty() && name.startsWith("settle-spring-boot-");
        return settle || Stream.concat(SPRING_BOOT.stream(), this.jars.stream()).anyMatch(name::startsWith);
    }

    /** In the child: fails when a library is there that is not this one. */
    void check() {
        check("dev.settle.annotation.Retry", !this.classes.isEmpty());
        check("io.github.resilience4j.retry.annotation.Retry", this == RESILIENCE4J);
        check("org.aspectj.lang.annotation.Aspect", this == RESILIENCE4J);
        check("dev.failsafe.Failsafe", this == FAILSAFE);
        check("reactor.core.publisher.Mono", this == REACTOR || this == SETTLE_AND_REACTOR);
    }

    private void check(String type, boolean expected) {
        boolean there;
        try {
            Class.forName(type, false, Library.class.getClassLoader());
            there = true;
        } catch (ClassNotFoundException ex) {
            there = false;
        }
        if (there != expected) {
            throw new IllegalStateException(type + (there ? " is" : " is not") + " on the class path of " + this);
        }
    }
}
