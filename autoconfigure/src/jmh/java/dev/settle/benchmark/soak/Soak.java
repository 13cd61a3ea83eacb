package dev.settle.benchmark.soak;

import dev.settle.abort.AsyncAbortController;
import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Applications;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import dev.settle.benchmark.process.Vitals;
import dev.settle.plan.PlanRegistry;
import dev.settle.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** In the child: calls for so many seconds, and tells every few of them what there is; at the end, what is left. */
final class Soak {

    private static final int THREADS = 3;

    private final ConfigurableApplicationContext context;
    private final Driver driver;
    private final long start = System.nanoTime();

    private Soak(ConfigurableApplicationContext context) {
        this.context = context;
        this.driver = new Driver(context.getBean(Desk.class));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Child.library(arguments);
        int seconds = Integer.parseInt(arguments[1]);
        ConfigurableApplicationContext context = Applications.start(List.of(Desk.class));
        new Soak(context).run(seconds);
        Runtime.getRuntime().halt(0);
    }

    private void run(int seconds) throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            new Thread(this.driver, "caller-" + i).start();
        }
        double each = Math.max(1, seconds / 120.0);
        for (double next = each; next <= seconds; next += each) {
            TimeUnit.NANOSECONDS.sleep((long) (next * 1e9) - (System.nanoTime() - this.start));
            sample();
        }
        this.driver.stop();
        for (Driver.End end : Driver.End.values()) {
            Reading.tell(end.name(), Unit.COUNT, this.driver.done(end));
        }
        rest();
        Reading.tell("left: callers without outcome", Unit.COUNT, this.driver.goingOn());
        Reading.tell("left: calls in flight", Unit.COUNT, inFlight());
        Reading.tell("left: timers", Unit.COUNT, TimeSource.system().pending());
        Reading.tell("left: keys", Unit.COUNT, state("keys"));
        Reading.tell("left: waiters", Unit.COUNT, state("waiting"));
        Reading.tell("left: permits taken", Unit.COUNT, taken());
    }

    /** What is told together is from one moment, but for what goes on while it is read. */
    private void sample() {
        Reading.tell("second", "s", (System.nanoTime() - this.start) / 1e9);
        Reading.tell("calls", Unit.COUNT, this.driver.done());
        Reading.tell("in flight", Unit.COUNT, inFlight());
        Reading.tell("timers", Unit.COUNT, TimeSource.system().pending());
        Reading.tell("keys", Unit.COUNT, state("keys"));
        Reading.tell("threads", Unit.COUNT, Vitals.threads());
        Reading.tell("live", Unit.MEGABYTES, Vitals.live() / 1e6);
    }

    private int inFlight() {
        return this.context.getBean(AsyncAbortController.class).inFlight().size();
    }

    private Stream<Map<String, Long>> states() {
        return this.context.getBean(PlanRegistry.class).plans().stream()
                .flatMap(plan -> plan.policies().stream())
                .map(policy -> policy.step().state());
    }

    private long state(String what) {
        return states().mapToLong(state -> state.getOrDefault(what, 0L)).sum();
    }

    /** Of the limits without keys: a key with a permit that is taken is one that is left. */
    private long taken() {
        return states().filter(state -> state.containsKey("free"))
                .mapToLong(state -> state.getOrDefault("permits", 0L) - state.getOrDefault("free", 0L))
                .sum();
    }

    /** As long as anything is left, but not for ever: what never ends is to be seen. */
    private void rest() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end
                && (this.driver.goingOn() > 0
                        || inFlight() > 0
                        || TimeSource.system().pending() > 0
                        || state("keys") > 0)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
