package dev.settle.benchmark.permit;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A permit that is taken and given back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermitBenchmark {

    /** What limits. */
    @Param
    public Permits kind;

    /** How many permits there are. */
    @Param({"64", "1"})
    public int permits;

    private Permits.Kind limit;

    /** Shows that the limit holds. */
    @Setup
    public void make() throws Exception {
        this.limit = this.kind.make(this.permits);
        Holding.check(this.kind, this.limit, this.permits);
    }

    /** Takes and gives back. */
    @Benchmark
    public Object enterAndLeave() throws Exception {
        Object entered = this.limit.enter();
        this.limit.leave(entered);
        return entered;
    }
}
