package dev.settle.benchmark.growth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the JDK has. */
final class PeerCrowds {

    private PeerCrowds() {}

    static Crowd scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        Runnable nothing = () -> {};
        return new Crowd() {

            @Override
            public Object enter(int number) {
                return scheduler.schedule(nothing, TimeUnit.HOURS.toNanos(1) + number, TimeUnit.NANOSECONDS);
            }

            @Override
            public void leave(Object entry) {
                ((Future<?>) entry).cancel(false);
            }
        };
    }

    static Crowd orTimeout() {
        return new Crowd() {

            @Override
            public Object enter(int number) {
                return new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS);
            }

            @Override
            @SuppressWarnings("unchecked") // its own
            public void leave(Object entry) {
                ((CompletableFuture<Object>) entry).complete("done");
            }
        };
    }
}
