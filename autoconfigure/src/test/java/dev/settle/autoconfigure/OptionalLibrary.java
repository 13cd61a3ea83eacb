package dev.settle.autoconfigure;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an application with Settle may do without. */
enum OptionalLibrary {
    MICROMETER(
            "io.micrometer.core.instrument.MeterRegistry",
            "micrometer-(core|jakarta9|tracing).*|spring-boot-micrometer-metrics.*",
            "io.micrometer.core",
            "io.micrometer.tracing",
            "org.springframework.boot.micrometer.metrics"),
    /** Which comes with Spring's context, unless it is excluded. */
    OBSERVATION(
            "io.micrometer.observation.ObservationRegistry",
            "micrometer-.*|spring-boot-micrometer-.*",
            "io.micrometer.observation",
            "io.micrometer.core",
            "io.micrometer.tracing",
            "org.springframework.boot.micrometer"),
    CONTEXT_PROPAGATION("io.micrometer.context.ContextSnapshot", "context-propagation.*", "io.micrometer.context"),
    ACTUATOR(
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "spring-boot-(actuator|health|micrometer).*",
            "org.springframework.boot.actuate",
            "org.springframework.boot.health"),
    ASPECTJ("org.aspectj.lang.ProceedingJoinPoint", "aspectjweaver.*", "org.aspectj"),
    REACTOR(
            "reactor.core.publisher.Mono",
            "reactor-.*|lettuce-.*|blockhound.*|kotlinx-coroutines-react.*|spring-webflux.*|spring-boot-(webflux|reactor|webclient).*",
            "reactor"),
    JACKSON(
            "tools.jackson.core.JsonParser",
            "jackson-.*|spring-boot-jackson.*",
            "tools.jackson",
            "com.fasterxml.jackson"),
    KOTLIN("kotlin.Unit", "kotlin-.*|kotlinx-.*|atomicfu.*|lincheck.*", "kotlin", "kotlinx"),
    SERVLET(
            "jakarta.servlet.Servlet",
            "tomcat-.*|jakarta\\.servlet-.*|spring-webmvc.*|spring-boot-(tomcat|servlet|webmvc).*",
            "jakarta.servlet",
            "org.apache.catalina",
            "org.apache.coyote"),
    SPRING_WEB(
            "org.springframework.web.client.RestClient",
            "spring-web.*|spring-boot-(web|rest|http|tomcat|servlet|reactor).*",
            "org.springframework.web"),
    SPRING_CLOUD(
            "org.springframework.cloud.context.environment.EnvironmentChangeEvent",
            "spring-cloud-.*",
            "org.springframework.cloud"),
    REDISSON("org.redisson.api.RedissonClient", "redisson-.*", "org.redisson"),
    SPRING_DATA_REDIS(
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails",
            "spring-data-redis.*|spring-boot-data-redis.*",
            "org.springframework.data.redis",
            "org.springframework.boot.data.redis"),
    SPRING_BOOT_TEST(
            "org.springframework.boot.test.context.SpringBootTest",
            "spring-boot-test.*|spring-test.*|spring-core-test.*",
            "org.springframework.boot.test.context.SpringBootTest");

    private final String probe;
    private final String jars;
    private final String[] packages;

    OptionalLibrary(String probe, String jars, String... packages) {
        this.probe = probe;
        this.jars = jars;
        this.packages = packages;
    }

    /** A class that tells whether it is there. */
    String probe() {
        return this.probe;
    }

    /** Whether a file, by its name, belongs to it or needs it. */
    boolean isIn(String file) {
        return file.matches(this.jars);
    }

    static String[] packages(Set<OptionalLibrary> libraries) {
        return libraries.stream()
                .flatMap(library -> Arrays.stream(library.packages))
                .toArray(String[]::new);
    }

    /** Each of them, some together that do not need each other, and all at once: a JVM takes its time to start. */
    static Set<Set<OptionalLibrary>> together() {
        Set<Set<OptionalLibrary>> cases = new LinkedHashSet<>(List.of(
                EnumSet.of(MICROMETER, ASPECTJ, REDISSON),
                EnumSet.of(OBSERVATION, SPRING_CLOUD),
                EnumSet.of(CONTEXT_PROPAGATION, JACKSON, SPRING_DATA_REDIS),
                EnumSet.of(ACTUATOR, KOTLIN),
                EnumSet.of(REACTOR),
                EnumSet.of(SERVLET, SPRING_BOOT_TEST),
                EnumSet.of(SPRING_WEB),
                EnumSet.allOf(OptionalLibrary.class)));
        EnumSet<OptionalLibrary> missing = EnumSet.allOf(OptionalLibrary.class);
        cases.stream().filter(some -> some.size() < values().length).forEach(missing::removeAll);
        missing.forEach(library -> cases.add(EnumSet.of(library)));
        return cases;
    }

    /** Each of them, and all at once. */
    static Set<Set<OptionalLibrary>> cases() {
        Set<Set<OptionalLibrary>> cases = new LinkedHashSet<>();
        for (OptionalLibrary library : values()) {
            cases.add(EnumSet.of(library));
        }
        cases.add(EnumSet.allOf(OptionalLibrary.class));
        return cases;
    }
}
