package dev.settle.core;

import dev.settle.CallPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An observer that writes down what it is told; calls and attempts are numbered as they come. */
final class Watcher implements CallObserver {

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    List<String> journal() {
        return this.journal;
    }

    /** What it was told of one call. */
    List<String> journal(int call) {
        return this.journal.stream()
                .filter(line -> line.startsWith(call + " "))
                .map(line -> line.substring(2))
                .toList();
    }

    void write(String line) {
        this.journal.add(line);
    }

    @Override
    public ObservedCall begin(String name) {
        int call = this.calls.incrementAndGet();
        write(call + " begins " + name);
        return new Watched(call, new AtomicInteger());
    }

    private final class Watched implements ObservedCall {

        private final int call;
        private final AtomicInteger attempts;

        Watched(int call, AtomicInteger attempts) {
            this.call = call;
            this.attempts = attempts;
        }

        @Override
        public void phase(CallPhase before, CallPhase now) {
            write(this.call + " " + before + ">" + now);
        }

        @Override
        public ObservedAttempt attempt() {
            int attempt = this.attempts.incrementAndGet();
            write(this.call + " attempt " + attempt);
            return new ObservedAttempt() {

                @Override
                public void returned() {
                    write(Watched.this.call + " returned " + attempt);
                }

                @Override
                public void givenUp() {
                    write(Watched.this.call + " given up " + attempt);
                }

                @Override
                public void end(Throwable failure) {
                    write(Watched.this.call + " attempt " + attempt + " ends " + CallOutcome.of(failure));
                }
            };
        }

        @Override
        public void end(Throwable failure) {
            write(this.call + " ends " + CallOutcome.of(failure));
        }
    }
}
