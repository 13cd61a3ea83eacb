package dev.settle.queue;

import dev.settle.queue.WaitingLine.Entry;

/** What the races and the model checker know of a line for permits: of the real one, and of copies that are broken. */
interface Line {

    boolean tryEnter(int weight);

    Entry enter(Waiter waiter, int capacity);

    boolean leave(Waiter waiter);

    void release(int weight);

    void resize(int permits);

    void close();

    int permits();

    int free();

    int waiting();

    /** The real one. */
    static Line real(int permits) {
        return new Real(new PermitLine(permits));
    }

    /** The real one. */
    record Real(PermitLine line) implements Line {

        @Override
        public boolean tryEnter(int weight) {
            return this.line.tryEnter(weight);
        }

        @Override
        public Entry enter(Waiter waiter, int capacity) {
            return this.line.enter(waiter, capacity);
        }

        @Override
        public boolean leave(Waiter waiter) {
            return this.line.leave(waiter);
        }

        @Override
        public void release(int weight) {
            this.line.release(weight);
        }

        @Override
        public void resize(int permits) {
            this.line.resize(() -> permits);
        }

        @Override
        public void close() {
            this.line.close();
        }

        @Override
        public int permits() {
            return this.line.permits();
        }

        @Override
        public int free() {
            return this.line.free();
        }

        @Override
        public int waiting() {
            return this.line.waiting();
        }
    }
}
