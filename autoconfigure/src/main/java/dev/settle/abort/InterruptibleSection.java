package dev.settle.abort;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The stretch in which a thread runs user code and may be interrupted by us.
 *
 * <p>Race: the interrupt may come while the thread leaves. It is sent under the lock, and only while the thread is
 * inside; who leaves takes the lock too if somebody is at it, and wipes out an interrupt of ours. So it never reaches what the thread does next.
 * One that somebody else had sent before is there again afterwards; one that comes in the same stretch after ours cannot be
 * told apart and goes with it.
 */
public class InterruptibleSection {

    private static final int MOST_FRAMES = 8;

    private static final AtomicReferenceFieldUpdater<InterruptibleSection, @Nullable Thread> INSIDE =
            AtomicReferenceFieldUpdater.newUpdater(InterruptibleSection.class, Thread.class, "inside");

    private @Nullable InterruptibleSection around;

    /** Taken out, under the lock, by who interrupts it, and put back: so who leaves without the lock meets nobody. */
    private volatile @Nullable Thread inside;

    // Guarded by this.
    private boolean interrupted;

    /** Somebody else had interrupted the thread before we did, and it has not noticed yet. */
    private boolean others;

    /** This thread goes in. */
    public final void enter() {
        this.around = CurrentSignal.swapSection(this);
        // Nobody interrupts a thread before it has told them of this section, which makes it visible.
        INSIDE.lazySet(this, Thread.currentThread());
    }

    /** This thread goes out. */
    public final void exit() {
        CurrentSignal.swapSection(this.around);
        boolean alone = INSIDE.compareAndSet(this, Thread.currentThread(), null);
        if (!alone || this.interrupted || this.around != null) {
            cleanUp();
        }
    }

    private synchronized void cleanUp() {
        this.inside = null;
        if (this.interrupted) {
            this.interrupted = false;
            Thread.interrupted();
        }
        if (this.others || interruptedAround()) {
            // That of somebody else, or of a section around us, is gone: wiped out with ours, or used up by the work
            // inside.
            Thread.currentThread().interrupt();
        }
        this.others = false;
        // Somebody may keep what ran in here, and with it everything that it was inside of.
        this.around = null;
    }

    private boolean interruptedAround() {
        return this.around != null && this.around.interruptedOutside();
    }

    private synchronized boolean interruptedOutside() {
        return this.interrupted || interruptedAround();
    }

    /** Interrupts the thread that is inside, if one is. */
    public final synchronized void interrupt() {
        Thread thread = INSIDE.getAndSet(this, null);
        if (thread != null) {
            this.others |= !this.interrupted && thread.isInterrupted() && !interruptedAround();
            this.interrupted = true;
            thread.interrupt();
            this.inside = thread;
        }
    }

    /** What the thread that is inside does now, innermost first; maybe what it does next, if it is just leaving. */
    final synchronized List<StackTraceElement> frames() {
        Thread thread = this.inside;
        return (thread == null)
                ? List.of()
                : Arrays.stream(thread.getStackTrace()).limit(MOST_FRAMES).toList();
    }
}
