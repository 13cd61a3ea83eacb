package dev.settle.benchmark.permit;

import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.queue.PermitLine;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.springframework.util.ConcurrencyThrottleSupport;

/** What limits how many run at once. */
public enum Permits {
    /** What {@code @Bulkhead} takes permits from. */
    SETTLE("Settle", Line::new),
    /** By hand: a permit or nothing. */
    SETTLE_TRY("Settle, AsyncSemaphore.tryAcquire", Try::new),
    /** By hand: a future of a permit. */
    SETTLE_ACQUIRE("Settle, AsyncSemaphore.acquire", Acquire::new),
    /** The JDK's. */
    JDK("java.util.concurrent.Semaphore", Jdk::new),
    /** What its annotation takes permits from. */
    RESILIENCE4J("Resilience4j", Resilience4j::new),
    /** What its annotation takes permits from. */
    SPRING("Spring", Spring::new),
    /** Its policy. */
    FAILSAFE("Failsafe", Failsafe::new);

    private final String subject;
    private final IntFunction<Kind> maker;

    Permits(String subject, IntFunction<Kind> maker) {
        this.subject = subject;
        this.maker = maker;
    }

    String subject() {
        return this.subject;
    }

    Kind make(int permits) {
        return this.maker.apply(permits);
    }

    /** Takes a permit and gives it back. */
    interface Kind {

        /** Takes one, however long that takes. */
        Object enter() throws Exception;

        /** Gives it back. */
        void leave(Object entered);
    }

    private static final class Line implements Kind {

        private final PermitLine line;

        Line(int permits) {
            this.line = new PermitLine(permits);
        }

        @Override
        public Object enter() {
            while (!this.line.tryEnter(1)) {
                Thread.onSpinWait();
            }
            return this.line;
        }

        @Override
        public void leave(Object entered) {
            this.line.release(1);
        }
    }

    private static final class Try implements Kind {

        private final AsyncSemaphore semaphore;

        Try(int permits) {
            this.semaphore = AsyncSemaphore.of(permits);
        }

        @Override
        public Object enter() {
            var permit = this.semaphore.tryAcquire();
            while (permit.isEmpty()) {
                Thread.onSpinWait();
                permit = this.semaphore.tryAcquire();
            }
            return permit.get();
        }

        @Override
        public void leave(Object entered) {
            ((AsyncSemaphore.Permit) entered).close();
        }
    }

    private static final class Acquire implements Kind {

        private final AsyncSemaphore semaphore;

        Acquire(int permits) {
            this.semaphore = AsyncSemaphore.of(permits);
        }

        @Override
        public Object enter() {
            return this.semaphore.acquire().join();
        }

        @Override
        public void leave(Object entered) {
            ((AsyncSemaphore.Permit) entered).close();
        }
    }

    private static final class Jdk implements Kind {

        private final Semaphore semaphore;

        Jdk(int permits) {
            this.semaphore = new Semaphore(permits);
        }

        @Override
        public Object enter() throws InterruptedException {
            this.semaphore.acquire();
            return this.semaphore;
        }

        @Override
        public void leave(Object entered) {
            this.semaphore.release();
        }
    }

    private static final class Resilience4j implements Kind {

        private final Bulkhead bulkhead;

        Resilience4j(int permits) {
            this.bulkhead = Bulkhead.of(
                    "benchmark",
                    BulkheadConfig.custom()
                            .maxConcurrentCalls(permits)
                            .maxWaitDuration(Duration.ofSeconds(30))
                            .build());
        }

        @Override
        public Object enter() {
            this.bulkhead.acquirePermission();
            return this.bulkhead;
        }

        @Override
        public void leave(Object entered) {
            this.bulkhead.releasePermission();
        }
    }

    private static final class Spring extends ConcurrencyThrottleSupport implements Kind {

        Spring(int permits) {
            setConcurrencyLimit(permits);
        }

        @Override
        public Object enter() {
            beforeAccess();
            return this;
        }

        @Override
        public void leave(Object entered) {
            afterAccess();
        }
    }

    private static final class Failsafe implements Kind {

        private final dev.failsafe.Bulkhead<Object> bulkhead;

        Failsafe(int permits) {
            this.bulkhead = dev.failsafe.Bulkhead.of(permits);
        }

        @Override
        public Object enter() throws InterruptedException {
            this.bulkhead.acquirePermit();
            return this.bulkhead;
        }

        @Override
        public void leave(Object entered) {
            this.bulkhead.releasePermit();
        }
    }
}
