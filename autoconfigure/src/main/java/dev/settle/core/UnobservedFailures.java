package dev.settle.core;

import dev.settle.time.Workers;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Failed futures that nobody has looked at. When the garbage collector takes one, nobody ever will: then its failure is
 * logged, once, and counted.
 *
 * <p>To look is to read the outcome, to ask whether it is a failure, or to hang anything on the future. Not to be seen is
 * what {@code CompletableFuture.allOf} and the like do with a future that has failed before it is handed to them: they read
 * its field.
 */
public final class UnobservedFailures {

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final LongAdder reported = new LongAdder();

    /** One failure, and the name of the method's policies. */
    public record Failure(String name, Throwable failure) {}

    /** How many failures have been logged because nobody looked at them. */
    public long count() {
        return this.reported.sum();
    }

    /** The failures that nobody has looked at so far, although somebody still could. */
    public List<Failure> pending() {
        return this.watches.stream()
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
            Failures.log(
                    UnobservedFailures.class,
                    "'" + this.site.name() + "' failed, and nobody has looked at the future that it returned",
                    this.failure);
            this.site.host().listener().onEvent(new CallEvent(this.site.name(), FutureEvent.UNOBSERVED, this.failure));
        }
    }
}
