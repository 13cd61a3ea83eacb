package dev.settle.benchmark.timer;

import java.util.concurrent.ThreadLocalRandom;
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

/** A timer of 30 s that is armed and disarmed, while others are armed that last longer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerBenchmark {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

    /** What arms timers. */
    @Param
    public Timers timers;

    /** How many others are armed. */
    @Param({"0", "10000", "1000000"})
    public int outstanding;

    private Timers.Kind kind;
    private Object[] others;

    /** Arms the others. */
    @Setup
    public void arm() throws InterruptedException {
        this.kind = this.timers.make();
        Firing.check(this.timers, this.kind);
        this.others = new Object[this.outstanding];
        for (int i = 0; i < this.others.length; i++) {
            long delay = ThreadLocalRandom.current().nextLong(20 * LIMIT, 40 * LIMIT);
            this.others[i] = this.kind.arm(delay, Tasks.NOTHING);
        }
    }

    /** Disarms the others. */
    @TearDown
    public void disarm() throws Exception {
        for (Object other : this.others) {
            this.kind.disarm(other);
        }
        this.kind.close();
    }

    /** What a call with a timeout does that ends in time. */
    @Benchmark
    public Object armAndDisarm() {
        Object armed = this.kind.arm(LIMIT, Tasks.NOTHING);
        this.kind.disarm(armed);
        return armed;
    }
}
