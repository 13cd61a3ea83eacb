package dev.settle.flow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What threads may do with a group that has one place, for the model checker, and what must hold when all have ended. The
 * first child has begun, and takes its time: an abort does not end it.
 *
 * <p>An abort that meets two calls tells one of them on a thread of its own, which the model checker does not follow: so
 * aborts and failures come only in scenarios in which there is but one.
 */
@Param(name = "who", gen = IntGen.class, conf = "0:2")
public class TaskGroupOperations {

    private final Work[] works = {new Work(true), new Work(false), new Work(false)};
    private final CompletableFuture<?>[] outcomes = new CompletableFuture<?>[3];
    private final Children group;
    private volatile boolean aborted;
    private volatile boolean crowded;

    TaskGroupOperations(Function<Work, Children> group) {
        this.group = group.apply(this.works[0]);
    }

    /** What a child does: it is settled by hand. */
    final class Work extends CompletableFuture<String> {

        private final boolean stubborn;
        private final AtomicInteger begun = new AtomicInteger();

        Work(boolean stubborn) {
            this.stubborn = stubborn;
        }

        CompletableFuture<String> begin() {
            for (Work other : TaskGroupOperations.this.works) {
                TaskGroupOperations.this.crowded |= other.runs();
            }
            this.begun.incrementAndGet();
            return this;
        }

        boolean runs() {
            return this.begun.get() > 0 && !isDone();
        }

        boolean failed() {
            return this.begun.get() > 0 && isCompletedExceptionally() && !isCancelled();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return !this.stubborn && super.cancel(mayInterruptIfRunning);
        }
    }

    @Operation(runOnce = true)
    public void forkSecond() {
        fork(1);
    }

    @Operation(runOnce = true)
    public void forkThird() {
        fork(2);
    }

    private void fork(int who) {
        try {
            this.outcomes[who] = this.group.fork(this.works[who]::begin);
        } catch (IllegalStateException ex) {
            check(!this.works[0].runs(), "nobody is let in, although the group goes on");
        }
    }

    @Operation
    public void end(@Param(name = "who") int who) {
        this.works[who].complete("ended");
    }

    public void failFirst() {
        this.works[0].completeExceptionally(new IllegalStateException("broken"));
    }

    @Operation
    public void cancel(@Param(name = "who") int who) {
        CompletableFuture<?> outcome = this.outcomes[who];
        if (outcome != null) {
            outcome.cancel(true);
        }
    }

    public void abort() {
        this.group.abort();
        this.aborted = true;
    }

    boolean ended() {
        return this.group.ended();
    }

    @Validate
    public void nobodyIsStrandedAndNothingGoesOnAfterTheEnd() {
        check(!this.crowded, "two had the one place at the same time");
        boolean stopped = this.aborted;
        boolean runs = false;
        for (Work work : this.works) {
            check(work.begun.get() <= 1, "one has begun twice");
            stopped |= work.failed();
            runs |= work.runs();
        }
        check(ended() == !runs, runs ? "one runs in a group that has ended" : "nothing runs, and it has no end");
        check(!stopped || !this.works[1].runs() && !this.works[2].runs(), "one goes on although the group is aborted");
        for (CompletableFuture<?> outcome : this.outcomes) {
            boolean open = outcome != null && !outcome.isDone();
            check(!open || runs && !stopped, "a child waits for nothing");
        }
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(complaint);
        }
    }

    /** The real one. */
    public static final class OfTaskGroup extends TaskGroupOperations {
        public OfTaskGroup() {
            super(first -> Children.real(first::begin));
        }
    }

    /** A copy that is not broken. */
    public static final class OfCopy extends TaskGroupOperations {
        public OfCopy() {
            super(first -> new BrokenGroup(BrokenGroup.Flaw.NONE, first::begin));
        }
    }

    /** A copy that is broken. */
    public static final class OfForkThatLooksForAnAbortFirst extends TaskGroupOperations {
        public OfForkThatLooksForAnAbortFirst() {
            super(first -> new BrokenGroup(BrokenGroup.Flaw.FORK_LOOKS_FOR_AN_ABORT_FIRST, first::begin));
        }
    }

    /** A copy that is broken. */
    public static final class OfLookThatIsForgotten extends TaskGroupOperations {
        public OfLookThatIsForgotten() {
            super(first -> new BrokenGroup(BrokenGroup.Flaw.LOOK_IS_FORGOTTEN, first::begin));
        }
    }

    /** A copy that is broken. */
    public static final class OfEnterThatLooksBeforeItCounts extends TaskGroupOperations {
        public OfEnterThatLooksBeforeItCounts() {
            super(first -> new BrokenGroup(BrokenGroup.Flaw.ENTER_LOOKS_BEFORE_IT_COUNTS, first::begin));
        }
    }
}
