package dev.settle.queue;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What threads may do with a line, for the model checker, and what must hold when all have ended. A waiter can come only
 * once, but may be leaving before it has come.
 */
@Param(name = "who", gen = IntGen.class, conf = "0:2")
@Param(name = "permits", gen = IntGen.class, conf = "1:2")
public class LineOperations {

    private static final int PERMITS = 1;
    private static final int CAPACITY = 2;

    private final Line line;
    private final Guest[] guests = {new Guest(), new Guest(), new Guest()};
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    private static final class Guest extends Waiter {

        private final AtomicInteger in = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();

        @Override
        public void run() {
            this.in.incrementAndGet();
        }

        @Override
        protected void closed() {}
    }

    LineOperations(Line line) {
        this.line = line;
    }

    @Operation
    public boolean tryEnter() {
        boolean in = this.line.tryEnter(1);
        this.taken.addAndGet(in ? 1 : 0);
        return in;
    }

    @Operation(runOnce = true)
    public String enterFirst() {
        return enter(this.guests[0]);
    }

    @Operation(runOnce = true)
    public String enterSecond() {
        return enter(this.guests[1]);
    }

    @Operation(runOnce = true)
    public String enterThird() {
        return enter(this.guests[2]);
    }

    private String enter(Guest guest) {
        WaitingLine.Entry entry = this.line.enter(guest, CAPACITY);
        if (entry == WaitingLine.Entry.IN) {
            guest.run();
        }
        return entry.name();
    }

    @Operation
    public boolean leave(@Param(name = "who") int who) {
        boolean left = this.line.leave(this.guests[who]);
        this.guests[who].left.addAndGet(left ? 1 : 0);
        return left;
    }

    @Operation
    public void release() {
        this.givenBack.incrementAndGet();
        this.line.release(1);
    }

    /** By one at most: how several are let in at once can be seen from outside. */
    @Operation
    public void resize(@Param(name = "permits") int permits) {
        this.line.resize(permits);
    }

    @Validate
    public void nobodyIsStrandedAndNothingLost() {
        int in = 0;
        for (Guest guest : this.guests) {
            check(guest.in.get() + guest.left.get() <= 1, "told twice");
            in += guest.in.get();
        }
        int free = this.line.permits() + this.givenBack.get() - this.taken.get() - in;
        check(this.line.free() == Math.max(0, free), "a permit is lost, or was never there");
        check(free <= 0 || this.line.waiting() == 0, "somebody waits although a permit is free");
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalStateException(complaint);
        }
    }

    /** The real one. */
    public static final class OfPermitLine extends LineOperations {
        public OfPermitLine() {
            super(Line.real(PERMITS));
        }
    }

    /** One that is broken. */
    public static final class OfBrokenLine extends LineOperations {
        public OfBrokenLine() {
            super(new BrokenLine(PERMITS, BrokenLine.Flaw.RELEASE_LOOKS_BEFORE_IT_ADDS, () -> {}));
        }
    }
}
