package dev.settle.core;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Failed futures that nobody has looked at. When the garbage collector takes one, nobody ever will: then its failure is
 * logged, once, and counted; of many failures of one method within seconds, the log has the first and the number.
 *
 * <p>To look is to read the outcome, to ask whether it is a failure, or to hang anything on the future. Two ways are not to
 * be seen: {@code CompletableFuture.allOf} and {@code anyOf} read the field of a future that has failed before it is handed
 * to them, and so does {@code state()}, which JDK 19 has added.
 */
public final class UnobservedFailures {

    /** One line a method in this time: a storm must not fill the log too. */
    private static final long QUIET_NANOS = Nanos.of(Duration.ofSeconds(10));

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final LongAdder reported = new LongAdder();
    private final Map<String, Recent> logged = new ConcurrentHashMap<>();
    private final TimeSource time;

    /** Creates it for an application. */
    public UnobservedFailures(TimeSource time) {
        this.time = time;
    }

    /** One failure, and the name of the method's policies. */
    public record Failure(String name, Throwable failure) {}

    /** How many failures have been logged because nobody looked at them. */
    public long count() {
        return this.reported.sum();
    }

    /** The failures that nobody has looked at so far, although somebody still could. */
    public List<Failure> pending() {
        return this.watches.stream()
                .filter(watch -> !watch.observed)
                .map(watch -> new Failure(watch.site.name(), watch.failure))
                .toList();
    }

    /** Forgets what nobody has looked at so far. */
    public void forget() {
        this.watches.forEach(Watch::observed);
    }

    /** Watches a future that is about to fail; null for work that was called off, which is nobody's failure. */
    @Nullable
    Watch watch(Object future, CallSite site, Throwable failure) {
        if (failure instanceof CancellationException) {
            return null;
        }
        Watch watch = new Watch(site, failure);
        this.watches.add(watch);
        watch.cleanable = Collected.CLEANER.register(future, watch);
        return watch;
    }

    /** Made when there is something to watch: it has a thread. */
    private static final class Collected {

        private static final Cleaner CLEANER = Cleaner.create();
    }

    /** One failure; it must not know the future, which would never be collected. */
    final class Watch implements Runnable {

        private final CallSite site;
        private final Throwable failure;
        private volatile Cleaner.@Nullable Cleanable cleanable;
        private volatile boolean observed;

        private Watch(CallSite site, Throwable failure) {
            this.site = site;
            this.failure = failure;
        }

        /** Somebody has looked. */
        void observed() {
            this.observed = true;
            Cleaner.Cleanable registered = this.cleanable;
            if (registered != null) {
                registered.clean();
            }
        }

        /** The future is gone, or has been looked at: the one who comes first runs this, and it runs once. */
        @Override
        public void run() {
            UnobservedFailures.this.watches.remove(this);
            if (!this.observed) {
                UnobservedFailures.this.reported.increment();
                // Listeners are the application's code, and one thread collects for all.
                Workers.shared().execute(this::report);
            }
        }

        private void report() {
            String name = this.site.name();
            long others = UnobservedFailures.this
                    .logged
                    .computeIfAbsent(name, key -> new Recent())
                    .others(UnobservedFailures.this.time.nanoTime());
            if (others >= 0) {
                Failures.log(
                        UnobservedFailures.class,
                        "'" + name + "' failed, and nobody has looked at the future that it returned"
                                + ((others > 0) ? ", nor at " + others + " others since this was logged last" : ""),
                        this.failure);
            }
            this.site.host().listener().onEvent(new CallEvent(this.site.name(), FutureEvent.UNOBSERVED, this.failure));
        }
    }

    /** What has been logged of one method. */
    private static final class Recent {

        private boolean any;
        private long last;
        private long held;

        /** How many have been held back since the last line; negative while this one is to be held back, too. */
        synchronized long others(long now) {
            if (this.any && now - this.last < QUIET_NANOS) {
                this.held++;
                return -1;
            }
            long others = this.held;
            this.any = true;
            this.last = now;
            this.held = 0;
            return others;
        }
    }
}
