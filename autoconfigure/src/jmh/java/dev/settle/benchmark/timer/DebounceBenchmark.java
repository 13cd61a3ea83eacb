package dev.settle.benchmark.timer;

import dev.settle.annotation.Debounce;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.policy.debounce.Debouncer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** One more call in a burst, which puts the run off; a burst ends after 100 ms, so that its callers do not pile up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DebounceBenchmark {

    private final AtomicLong runs = new AtomicLong();
    private AnnotationConfigApplicationContext context;
    private Index index;
    private Debouncer<String, String> debouncer;
    private ScheduledThreadPoolExecutor executor;
    private ScheduledFuture<?> due;

    /** A bean with a method that is debounced. */
    public static class Index {

        private final AtomicLong runs = new AtomicLong();

        /** How often it has run. */
        public long runs() {
            return this.runs.get();
        }

        /** Nobody waits for it. */
        @Debounce(value = "50ms", maxWait = "100ms")
        public void refresh(String id) {
            this.runs.incrementAndGet();
        }
    }

    /** Starts all three. */
    @Setup
    public void start() {
        this.context = new AnnotationConfigApplicationContext(SettleAutoConfiguration.class, Index.class);
        this.index = this.context.getBean(Index.class);
        this.debouncer = Debouncer.<String, String>after(
                        Duration.ofMillis(50), id -> CompletableFuture.completedFuture(id))
                .maxWait(Duration.ofMillis(100))
                .build();
        this.executor = new ScheduledThreadPoolExecutor(1);
        this.executor.setRemoveOnCancelPolicy(true);
        check();
    }

    /** Three calls are one run. */
    private void check() {
        for (int i = 0; i < 3; i++) {
            this.index.refresh("id");
        }
        long start = System.nanoTime();
        while (this.index.runs() == 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (this.index.runs() != 1) {
            throw new IllegalStateException("Three calls in a burst made " + this.index.runs() + " runs");
        }
    }

    /** Stops them. */
    @TearDown
    public void stop() {
        this.context.close();
        this.debouncer.close();
        this.executor.shutdownNow();
    }

    /** An annotated method that returns nothing. */
    @Benchmark
    public void annotated() {
        this.index.refresh("id");
    }

    /** By hand, with a future for each caller. */
    @Benchmark
    public Object byHand() {
        return this.debouncer.call("id");
    }

    /** Cancelled, and armed again. */
    @Benchmark
    public Object rearmed() {
        ScheduledFuture<?> before = this.due;
        if (before != null) {
            before.cancel(false);
        }
        this.due = this.executor.schedule(this.runs::incrementAndGet, 50, TimeUnit.MILLISECONDS);
        return this.due;
    }

    /** The least that has to be known. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }
}
