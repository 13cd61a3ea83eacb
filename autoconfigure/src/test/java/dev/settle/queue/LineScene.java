package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.queue.WaitingLine.Entry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One line in a race, those who come to it, and the count of who is in. */
final class LineScene {

    private final Line line;
    private final AtomicInteger in = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<Visitor> visitors = new CopyOnWriteArrayList<>();

    LineScene(Line line) {
        this.line = line;
    }

    Line line() {
        return this.line;
    }

    /** Somebody who may come, and keeps the permits until told to go. */
    Visitor visitor(int weight) {
        return new Visitor(weight, false);
    }

    Visitor visitor() {
        return visitor(1);
    }

    /** Somebody who goes as soon as it is in. */
    Visitor passerBy() {
        return new Visitor(1, true);
    }

    void entered(int weight) {
        this.most.accumulateAndGet(this.in.addAndGet(weight), Math::max);
    }

    /** Gives permits back that somebody has. */
    void exit(int weight) {
        this.in.addAndGet(-weight);
        this.line.release(weight);
    }

    boolean tryEnter(int weight) {
        boolean entered = this.line.tryEnter(weight);
        if (entered) {
            entered(weight);
        }
        return entered;
    }

    /**
     * When everybody has gone: each was told once, never were more in than permits, none of which is lost, and nobody is left
     * waiting.
     */
    void ends(int permits) {
        for (int held = this.in.get(); held > 0; held = this.in.get()) {
            exit(held);
        }
        assertThat(this.line.waiting())
                .as("who waits when all permits are free")
                .isZero();
        assertThat(this.line.free()).as("free permits").isEqualTo(permits);
        assertThat(this.most.get()).as("the most permits that were held").isLessThanOrEqualTo(permits);
        assertThat(this.visitors)
                .allSatisfy(visitor -> assertThat(visitor.outcomes())
                        .as("how often it was told")
                        .isEqualTo(1));
    }

    final class Visitor extends Waiter {

        private final boolean goesAtOnce;
        private final AtomicInteger admissions = new AtomicInteger();
        private final AtomicInteger departures = new AtomicInteger();
        private final AtomicInteger refusals = new AtomicInteger();

        private Visitor(int weight, boolean goesAtOnce) {
            super(weight);
            this.goesAtOnce = goesAtOnce;
            LineScene.this.visitors.add(this);
        }

        Visitor comes() {
            switch (LineScene.this.line.enter(this, Integer.MAX_VALUE)) {
                case IN -> run();
                case CLOSED, FULL, TOO_HEAVY -> this.refusals.incrementAndGet();
                case WAITING, LEFT -> {}
            }
            return this;
        }

        /** As {@link #comes}, where it is known to wait. */
        Visitor waits() {
            assertThat(LineScene.this.line.enter(this, Integer.MAX_VALUE)).isEqualTo(Entry.WAITING);
            return this;
        }

        void leaves() {
            if (LineScene.this.line.leave(this)) {
                this.departures.incrementAndGet();
            }
        }

        @Override
        public void run() {
            this.admissions.incrementAndGet();
            entered(weight());
            if (this.goesAtOnce) {
                exit(weight());
            }
        }

        @Override
        protected void closed() {
            this.refusals.incrementAndGet();
        }

        boolean isIn() {
            return this.admissions.get() > 0;
        }

        boolean hasLeft() {
            return this.departures.get() > 0;
        }

        int outcomes() {
            return this.admissions.get() + this.departures.get() + this.refusals.get();
        }
    }
}
