package dev.settle.abort;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretch in which a thread runs user code and may be interrupted by us.
 *
 * <p>Race: the interrupt may come while the thread leaves. It is sent under the lock, and only while the thread is
 * inside; leaving takes the lock too and wipes out an interrupt of ours. So it never reaches what the thread does next.
 * One that somebody else had sent before is there again afterwards; one that comes in the same stretch after ours cannot be
 * told apart and goes with it.
 */
public final class InterruptibleSection {

    private static final ThreadLocal<@Nullable InterruptibleSection> INNERMOST = new ThreadLocal<>();

    private static final int MOST_FRAMES = 8;

    private @Nullable InterruptibleSection around;
    private @Nullable Thread inside;
    private boolean interrupted;

    /** Somebody else had interrupted the thread before we did, and it has not noticed yet. */
    private boolean others;

    /** This thread goes in. */
    public synchronized void enter() {
        this.around = INNERMOST.get();
        INNERMOST.set(this);
        this.inside = Thread.currentThread();
    }

    /** This thread goes out. */
    public synchronized void exit() {
        this.inside = null;
        if (this.around == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(this.around);
        }
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
    }

    private boolean interruptedAround() {
        return this.around != null && this.around.interruptedOutside();
    }

    private synchronized boolean interruptedOutside() {
        return this.interrupted || interruptedAround();
    }

    /** Interrupts the thread that is inside, if one is. */
    public synchronized void interrupt() {
        if (this.inside != null) {
            this.others |= !this.interrupted && this.inside.isInterrupted() && !interruptedAround();
            this.interrupted = true;
            this.inside.interrupt();
        }
    }

    /** What the thread that is inside does now, innermost first. */
    synchronized List<StackTraceElement> frames() {
        return (this.inside == null)
                ? List.of()
                : Arrays.stream(this.inside.getStackTrace()).limit(MOST_FRAMES).toList();
    }
}
