package dev.settle.time;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Workers for what becomes due, of which there may be very much at once. There are as many as processors, and each takes one
 * task after another: a thread for each would cost more than what most of them do. A task may block all the same: one that does
 * so from one look of the ticker to the next keeps its worker for itself, another comes in its place, and while all are kept,
 * twice as many come.
 *
 * <p>Race: a task comes while the last worker leaves. Who adds one does so first, and then looks whether a worker may come;
 * who leaves says so first, and then looks whether there is a task. So one of them sees to it.
 *
 * <p>Race: the ticker gives up looking while a task comes for which there is no worker. Who adds one does so first, and then
 * asks the ticker to look, if it is not; the ticker says first that it does not, and then looks whether there is a task.
 */
final class Crew implements Executor {

    /** So long the ticker need not look when nobody asks it to. */
    static final long REST = Long.MAX_VALUE;

    /** After so many looks one that has not ended its task is kept by it, whatever its thread does. */
    static final int PATIENCE = 10;

    private static final int FEW = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Executor threads;
    private final Runnable alarm;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile int most = FEW;

    /**
     * @param threads run a worker each
     * @param alarm has the ticker look soon
     */
    Crew(Executor threads, Runnable alarm) {
        this.threads = threads;
        this.alarm = alarm;
    }

    /** Fails, and will not run the task, where there is no thread for it and nobody else who would take it. */
    @Override
    public void execute(Runnable task) {
        this.tasks.add(task);
        try {
            if (!hire()) {
                askToLook();
            }
        } catch (Throwable ex) {
            if (this.tasks.remove(task)) {
                throw ex;
            }
        }
    }

    /** One worker more; false when there are enough. */
    private boolean hire() {
        if (!join()) {
            return false;
        }
        Worker worker = new Worker();
        this.workers.add(worker);
        try {
            this.threads.execute(worker);
        } catch (Throwable ex) {
            worker.leave();
            throw ex;
        }
        return true;
    }

    private boolean join() {
        for (int now = this.working.get(); now < this.most; now = this.working.get()) {
            if (this.working.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void askToLook() {
        if (!this.looking.get() && this.looking.compareAndSet(false, true)) {
            try {
                this.alarm.run();
            } catch (Throwable ex) {
                this.looking.set(false);
                throw ex;
            }
        }
    }

    /**
     * Sees to it that tasks that block keep none of the others waiting. Only the ticker calls it.
     *
     * @return for how long it need not look again
     */
    long look() {
        if (!this.looking.get()) {
            return REST;
        }
        if (this.tasks.isEmpty()) {
            this.most = FEW;
            this.looking.set(false);
            if (this.tasks.isEmpty()) {
                return REST;
            }
            this.looking.set(true);
        }
        lookAtWorkers();
        hireWhileThereAreTasks();
        return Wheel.TICK;
    }

    private void lookAtWorkers() {
        boolean kept = false;
        boolean goesOn = false;
        for (Worker worker : this.workers) {
            switch (worker.look()) {
                case KEPT -> kept = true;
                case GOES_ON -> goesOn = true;
                case AT_WORK -> {}
            }
        }
        if (goesOn) {
            this.most = FEW;
        } else if (kept) {
            this.most = (int) Math.min(2L * this.most, Integer.MAX_VALUE);
        }
    }

    private void hireWhileThereAreTasks() {
        try {
            // Counting them takes a walk: only when there may be more workers.
            int left = (this.working.get() < this.most) ? this.tasks.size() : 0;
            while (left-- > 0 && hire()) {}
        } catch (Throwable ex) {
            // No thread left at the moment: the next look tries again.
        }
    }

    /** Takes one task after another until there is none. */
    private final class Worker implements Runnable {

        private static final int UNSEEN = -1;

        /** Whether it counts as one of the crew; not when it is kept by its task. */
        private final AtomicBoolean counts = new AtomicBoolean(true);

        /** How many tasks it has begun; written by its own thread alone. */
        private volatile int begun;

        private volatile @Nullable Thread thread;

        /** How many it had begun when the ticker looked last, and how often that was no more than the time before. */
        private int seen = UNSEEN;

        private int looks;

        @Override
        public void run() {
            int count = 0;
            this.thread = Thread.currentThread();
            do {
                Runnable task = Crew.this.tasks.poll();
                while (task != null) {
                    this.begun = ++count;
                    run(task);
                    task = (this.counts.get() || joinAgain()) ? Crew.this.tasks.poll() : null;
                }
                leave();
            } while (!Crew.this.tasks.isEmpty() && joinAgain());
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (Throwable ex) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
            } finally {
                // That of one task is none of the next one's.
                Thread.interrupted();
            }
        }

        private boolean joinAgain() {
            if (!join()) {
                return false;
            }
            this.counts.set(true);
            Crew.this.workers.add(this);
            return true;
        }

        /**
         * Race: the ticker may find it kept by a task that is just ending; one of both says that it counts no more. It is taken
         * out first: done afterwards, by the ticker, that might meet one that has joined again, and nobody would look at it.
         */
        private void leave() {
            Crew.this.workers.remove(this);
            if (this.counts.compareAndSet(true, false)) {
                Crew.this.working.decrementAndGet();
            }
        }

        /** One that does nothing but wait is left alone with that at once, one that may be at work after a while. */
        private Seen look() {
            int now = this.begun;
            if (now != this.seen) {
                boolean first = this.seen == UNSEEN;
                this.seen = now;
                this.looks = 0;
                return first ? Seen.AT_WORK : Seen.GOES_ON;
            }
            if (++this.looks < PATIENCE && !waits()) {
                return Seen.AT_WORK;
            }
            leave();
            return Seen.KEPT;
        }

        /** A thread that is runnable may be without a processor, or wait for what the JDK does not see, such as a socket. */
        private boolean waits() {
            Thread at = this.thread;
            return at != null && at.getState() != Thread.State.RUNNABLE;
        }
    }

    private enum Seen {
        GOES_ON,
        AT_WORK,
        KEPT
    }
}
