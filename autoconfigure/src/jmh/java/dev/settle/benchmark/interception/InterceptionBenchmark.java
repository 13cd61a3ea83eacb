package dev.settle.benchmark.interception;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A call of each shape through each variant. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterceptionBenchmark {

    /** Who is between the caller and the method. */
    @Param
    public Variant variant;

    private Subject subject;
    private Desk desk;
    private String id;

    /** Starts the application, and shows that the variant does what it is there for. */
    @Setup
    public void start() {
        this.subject = this.variant.start();
        this.desk = this.subject.desk();
        this.id = "id-" + System.nanoTime();
        Proofs.check(this.variant, this.subject);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        this.subject.close();
    }

    /** A method that returns a value. */
    @Benchmark
    public String sync() {
        return this.desk.sync(this.id);
    }

    /** A future that is complete when the method returns. */
    @Benchmark
    public String completed() {
        return this.desk.completed(this.id).join();
    }

    /** A future that is completed when the caller has its own. */
    @Benchmark
    public String pending() {
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletableFuture<String> outcome = this.desk.pending(later);
        later.complete(this.id);
        return outcome.join();
    }
}
