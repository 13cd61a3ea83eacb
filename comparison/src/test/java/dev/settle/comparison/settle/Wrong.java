package dev.settle.comparison.settle;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.util.concurrent.Callable;

/** Beans with a mistake each. */
final class Wrong {

    private Wrong() {}

    static class Limit {

        @Bulkhead(-42)
        String call() {
            return "called";
        }
    }

    static class Retries {

        @Retry(maxRetries = -5)
        String call() {
            return "called";
        }
    }

    static class Time {

        @Timeout("-1s")
        String call() {
            return "called";
        }
    }

    static class Final {

        @Retry
        final String call() {
            return "called";
        }
    }

    static class Deferred {

        @Timeout("1s")
        Callable<String> call() {
            return () -> "called";
        }
    }
}
