package dev.settle.benchmark.startup;

import dev.settle.benchmark.process.Library;

/** Whose start is measured. */
enum Subject {
    PLAIN("the same beans without annotations", Library.NONE, "", ""),
    SETTLE_UNUSED("Settle, no bean uses it", Library.SETTLE, "", ""),
    SETTLE("Settle, four annotations per method", Library.SETTLE, "", """
            @dev.settle.annotation.Retry(maxRetries = 2, delay = "10ms")
            @dev.settle.annotation.Timeout("5s")
            @dev.settle.annotation.Bulkhead(10)
            @dev.settle.annotation.Throttle(limit = 1000, window = "1s")"""),
    SPRING(
            "Spring @EnableResilientMethods, two per method",
            Library.NONE,
            "@org.springframework.resilience.annotation.EnableResilientMethods(proxyTargetClass = true)",
            """
            @org.springframework.resilience.annotation.Retryable(maxRetries = 2, delay = 10)
            @org.springframework.resilience.annotation.ConcurrencyLimit(10)"""),
    RESILIENCE4J_UNUSED("Resilience4j's starter, no bean uses it", Library.RESILIENCE4J, "", ""),
    RESILIENCE4J("Resilience4j, four annotations per method", Library.RESILIENCE4J, "", """
            @io.github.resilience4j.retry.annotation.Retry(name = "all")
            @io.github.resilience4j.timelimiter.annotation.TimeLimiter(name = "all")
            @io.github.resilience4j.bulkhead.annotation.Bulkhead(name = "all")
            @io.github.resilience4j.ratelimiter.annotation.RateLimiter(name = "all")""");

    private final String title;
    private final Library library;
    private final String configuration;
    private final String annotations;

    Subject(String title, Library library, String configuration, String annotations) {
        this.title = title;
        this.library = library;
        this.configuration = configuration;
        this.annotations = annotations;
    }

    String title() {
        return this.title;
    }

    Library library() {
        return this.library;
    }

    String configuration() {
        return this.configuration;
    }

    String annotations() {
        return this.annotations;
    }
}
