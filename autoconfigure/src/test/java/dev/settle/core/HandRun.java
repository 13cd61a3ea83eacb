package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A shared run whose work a test settles by hand; it writes down what happens, in order. */
final class HandRun {

    private final List<String> journal = new ArrayList<>();
    private final CompletableFuture<Object> work = new CompletableFuture<>();
    private final HandCalls calls = new HandCalls();
    private final SharedRun run;

    HandRun(TimeSource time) {
        this.run = new SharedRun(time, false, over -> write("over"));
        this.run.signal().onAbort(reason -> write("work aborted"));
    }

    SharedRun run() {
        return this.run;
    }

    /** What the work returned. */
    CompletableFuture<Object> work() {
        return this.work;
    }

    synchronized void write(String entry) {
        this.journal.add(entry);
    }

    synchronized List<String> journal() {
        return List.copyOf(this.journal);
    }

    Caller gathers(String argument) {
        Call call = this.calls.call(argument);
        return new Caller(call, this.run.gather(call));
    }

    Caller joins(String argument) {
        Call call = this.calls.call(argument);
        return new Caller(call, this.run.join(call));
    }

    boolean starts() {
        return starts(null);
    }

    boolean starts(Caller here) {
        Next next = call -> {
            write("runs with " + call.arguments()[0]);
            return this.work;
        };
        return this.run.start((call, inner) -> inner.start(call), next, here == null ? null : here.call);
    }

    /** One caller, and its share; null when it came too late. */
    record Caller(Call call, CompletableFuture<Object> share) {

        static final AbortReason GIVEN_UP = AbortReason.callerCancelled("enough");

        void leaves() {
            this.call.signal().abort(GIVEN_UP);
        }
    }
}
