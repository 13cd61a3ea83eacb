package dev.settle.benchmark.limiter;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One question whether a call may start. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimiterBenchmark {

    /** Who is asked. */
    @Param
    public Limiters limiter;

    private BooleanSupplier granting;
    private BooleanSupplier refusing;

    /** Shows that the one grants, and the other, after one, does not. */
    @Setup
    public void make() {
        this.granting = this.limiter.granting();
        this.refusing = this.limiter.refusing();
        if (!this.granting.getAsBoolean()) {
            throw new IllegalStateException(this.limiter + " does not grant");
        }
        if (this.refusing.getAsBoolean() && this.limiter != Limiters.CLOCK) {
            throw new IllegalStateException(this.limiter + " does not refuse");
        }
    }

    /** Yes. */
    @Benchmark
    public boolean granted() {
        return this.granting.getAsBoolean();
    }

    /** No. */
    @Benchmark
    public boolean refused() {
        return this.refusing.getAsBoolean();
    }
}
