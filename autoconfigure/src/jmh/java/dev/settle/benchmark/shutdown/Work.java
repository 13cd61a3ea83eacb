package dev.settle.benchmark.shutdown;

/** What a call still has before it when the application closes. */
enum Work {
    ONE_BACKOFF("a backoff of 300 ms", 1, 300),
    THREE_BACKOFFS("three backoffs of 100 ms", 3, 100),
    LONG_BACKOFF("a backoff of 8 s", 1, 8000),
    REMOTE("a reply that takes 300 ms", 0, 0),
    BLOCKING("blocking work of 300 ms, on Boot's executor", 0, 0);

    private final String title;
    private final int failures;
    private final int backoff;

    Work(String title, int failures, int backoff) {
        this.title = title;
        this.failures = failures;
        this.backoff = backoff;
    }

    String title() {
        return this.title;
    }

    int failures() {
        return this.failures;
    }

    int backoff() {
        return this.backoff;
    }
}
