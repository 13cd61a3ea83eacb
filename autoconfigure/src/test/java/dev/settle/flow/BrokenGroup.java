package dev.settle.flow;

import dev.settle.core.AsyncCall;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A small group, right but for one flaw: what passes with a real group must fail with this one, or proves nothing. */
final class BrokenGroup implements Children {

    private final Queue<Child> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Flaw flaw;
    private volatile boolean aborted;
    private volatile CompletableFuture<?> current = new CompletableFuture<>();

    BrokenGroup(Flaw flaw, AsyncCall<String> first) {
        this.flaw = flaw;
        fork(first);
        leave();
    }

    /** What is broken. */
    enum Flaw {
        /** Nothing: the copy is a true one. */
        NONE,
        /** Who forks looks for an abort before the child is where the abort looks for it. */
        FORK_LOOKS_FOR_AN_ABORT_FIRST,
        /** Who finds another looking goes away, and leaves no word. */
        LOOK_IS_FORGOTTEN,
        /** Who comes looks whether the group goes on, and counts itself a moment later. */
        ENTER_LOOKS_BEFORE_IT_COUNTS
    }

    private static final class Child extends CompletableFuture<String> {

        private final AsyncCall<String> work;

        Child(AsyncCall<String> work) {
            this.work = work;
        }
    }

    @Override
    public CompletableFuture<?> fork(AsyncCall<String> work) {
        enter();
        Child child = new Child(work);
        boolean before = this.aborted;
        this.waiting.add(child);
        look();
        if (this.flaw == Flaw.FORK_LOOKS_FOR_AN_ABORT_FIRST ? before : this.aborted) {
            dismiss();
        }
        return child;
    }

    private void enter() {
        int seen = this.open.get();
        while (seen > 0 && this.flaw != Flaw.ENTER_LOOKS_BEFORE_IT_COUNTS && !this.open.compareAndSet(seen, seen + 1)) {
            seen = this.open.get();
        }
        if (seen == 0) {
            throw new IllegalStateException("ended");
        }
        if (this.flaw == Flaw.ENTER_LOOKS_BEFORE_IT_COUNTS) {
            this.open.incrementAndGet();
        }
    }

    private void leave() {
        if (this.open.decrementAndGet() == 0) {
            this.ended.complete(null);
        }
    }

    private void look() {
        if (this.flaw == Flaw.LOOK_IS_FORGOTTEN) {
            if (this.looks.compareAndSet(0, 1)) {
                fill();
                this.looks.set(0);
            }
        } else if (this.looks.getAndIncrement() == 0) {
            int seen = 1;
            do {
                fill();
                seen = this.looks.addAndGet(-seen);
            } while (seen != 0);
        }
    }

    private void fill() {
        while (this.running.get() < 1) {
            Child next = this.waiting.poll();
            if (next == null) {
                return;
            }
            this.running.incrementAndGet();
            begin(next);
        }
    }

    private void begin(Child child) {
        CompletableFuture<?> work = this.aborted ? new CompletableFuture<>() : started(child.work);
        this.current = work;
        if (this.aborted) {
            work.cancel(true);
        }
        work.whenComplete((value, failure) -> ended(child, failure));
    }

    private static CompletableFuture<?> started(AsyncCall<String> work) {
        try {
            return work.start().toCompletableFuture();
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private void ended(Child child, Throwable failure) {
        if (failure != null && !(failure instanceof CancellationException)) {
            abort();
        }
        this.running.decrementAndGet();
        look();
        child.complete("ended");
        leave();
    }

    @Override
    public void abort() {
        this.aborted = true;
        dismiss();
        this.current.cancel(true);
    }

    private void dismiss() {
        for (Child child = this.waiting.poll(); child != null; child = this.waiting.poll()) {
            child.cancel(true);
            leave();
        }
    }

    @Override
    public boolean ended() {
        return this.ended.isDone();
    }
}
