package dev.settle.benchmark.storm;

import dev.settle.benchmark.process.Library;
import java.util.function.LongFunction;

/** Who retries. Lambdas, not method references: what is not on the class path of a process must not be resolved in it. */
enum Subject {
    SETTLE("Settle @Retry", Library.SETTLE, backoff -> SettleCallers.annotated(backoff)),
    SETTLE_BY_HAND("Settle RetryPolicy", Library.SETTLE, backoff -> SettleCallers.byHand(backoff)),
    RESILIENCE4J("Resilience4j @Retry", Library.RESILIENCE4J, backoff -> Resilience4jCallers.annotated(backoff)),
    FAILSAFE("Failsafe", Library.FAILSAFE, backoff -> FailsafeCallers.byHand(backoff)),
    REACTOR("Reactor retryWhen", Library.REACTOR, backoff -> ReactorCallers.byHand(backoff)),
    SPRING_MONO("Spring @Retryable on a Mono", Library.REACTOR, backoff -> ReactorCallers.spring(backoff)),
    SPRING_FUTURE("Spring @Retryable on a future", Library.NONE, backoff -> SpringCallers.annotated(backoff));

    private final String title;
    private final Library library;
    private final LongFunction<Caller> callers;

    Subject(String title, Library library, LongFunction<Caller> callers) {
        this.title = title;
        this.library = library;
        this.callers = callers;
    }

    String title() {
        return this.title;
    }

    Library library() {
        return this.library;
    }

    /** A caller that waits so many milliseconds before it tries again. */
    Caller caller(long backoff) {
        return this.callers.apply(backoff);
    }
}
