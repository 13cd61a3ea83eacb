package dev.settle.benchmark.shutdown;

import dev.settle.benchmark.process.Library;
import java.util.List;
import java.util.function.Supplier;

/** Whose application is closed. */
enum Subject {
    SETTLE(
            "Settle @Retry, @Timeout",
            Library.SETTLE,
            List.of(Work.ONE_BACKOFF, Work.THREE_BACKOFFS, Work.LONG_BACKOFF, Work.REMOTE),
            () -> List.of(SettleService.class)),
    RESILIENCE4J(
            "Resilience4j @Retry, @TimeLimiter",
            Library.RESILIENCE4J,
            List.of(Work.ONE_BACKOFF, Work.THREE_BACKOFFS, Work.LONG_BACKOFF, Work.REMOTE),
            () -> List.of(Resilience4jService.class)),
    ASYNC(
            "Boot's @Async as it comes",
            Library.NONE,
            List.of(Work.BLOCKING),
            () -> List.of(AsyncService.class, AsyncService.Configuration.class));

    private final String title;
    private final Library library;
    private final List<Work> works;
    private final Supplier<List<Class<?>>> beans;

    Subject(String title, Library library, List<Work> works, Supplier<List<Class<?>>> beans) {
        this.title = title;
        this.library = library;
        this.works = works;
        this.beans = beans;
    }

    String title() {
        return this.title;
    }

    Library library() {
        return this.library;
    }

    List<Work> works() {
        return this.works;
    }

    List<Class<?>> beans() {
        return this.beans.get();
    }
}
