package dev.settle.benchmark.permit;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.queue.PermitLine;
import dev.settle.queue.Waiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One permit that is held, and those who wait for it; each gives it back as soon as it has it. */
enum Waiters {
    SETTLE("Settle", Semaphore::new),
    SETTLE_LINE("Settle, the bare line", BareLine::new),
    SETTLE_CALL("Settle, a whole call", Calls::new),
    FAILSAFE("Failsafe, a whole execution", Executions::new);

    private final String subject;
    private final Supplier<Line> opened;

    Waiters(String subject, Supplier<Line> opened) {
        this.subject = subject;
        this.opened = opened;
    }

    String subject() {
        return this.subject;
    }

    Line open() {
        return this.opened.get();
    }

    /** A line whose permit is held. */
    interface Line {

        /** One more waits. */
        void enqueue();

        /** The permit comes back. */
        void release();

        /** How many have had it, except the first. */
        int granted();
    }

    private static final class BareLine implements Line {

        private final PermitLine line = new PermitLine(1);
        private int granted;

        BareLine() {
            this.line.tryEnter(1);
        }

        @Override
        public void enqueue() {
            this.line.enter(new Guest(), Integer.MAX_VALUE);
        }

        @Override
        public void release() {
            this.line.release(1);
        }

        @Override
        public int granted() {
            return this.granted;
        }

        private final class Guest extends Waiter {

            @Override
            public void run() {
                BareLine.this.granted++;
                BareLine.this.line.release(1);
            }

            @Override
            protected void closed() {}
        }
    }

    private static final class Semaphore implements Line {

        private final AsyncSemaphore semaphore = AsyncSemaphore.of(1);
        private final AsyncSemaphore.Permit held = this.semaphore.acquire().join();
        private int granted;

        @Override
        public void enqueue() {
            this.semaphore.acquire().thenAccept(permit -> {
                this.granted++;
                permit.close();
            });
        }

        @Override
        public void release() {
            this.held.close();
        }

        @Override
        public int granted() {
            return this.granted;
        }
    }

    private static final class Calls implements Line {

        private final AsyncSemaphore semaphore = AsyncSemaphore.of(1);
        private final CompletableFuture<Object> first = new CompletableFuture<>();
        private int granted;

        Calls() {
            this.semaphore.call(() -> this.first);
        }

        @Override
        public void enqueue() {
            this.semaphore.call(() -> {
                this.granted++;
                return CompletableFuture.completedFuture(null);
            });
        }

        @Override
        public void release() {
            this.first.complete(null);
        }

        @Override
        public int granted() {
            return this.granted;
        }
    }

    /** Its bulkhead keeps waiters only for asynchronous executions. */
    private static final class Executions implements Line {

        private final AtomicInteger granted = new AtomicInteger();
        private final CompletableFuture<Object> first = new CompletableFuture<>();
        private final FailsafeExecutor<Object> executor = Failsafe.with(
                Bulkhead.builder(1).withMaxWaitTime(Duration.ofMinutes(10)).build());

        Executions() {
            this.executor.getStageAsync(() -> this.first);
        }

        @Override
        public void enqueue() {
            this.executor.getStageAsync(() -> {
                this.granted.incrementAndGet();
                return CompletableFuture.completedFuture(null);
            });
        }

        @Override
        public void release() {
            this.first.complete(null);
        }

        @Override
        public int granted() {
            return this.granted.get();
        }
    }
}
