package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run for several inside another: a later attempt of it begins when whose arguments it has may have gone. */
class NestedRunContextTests {

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final VirtualTime time = new VirtualTime();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void clear() {
        USER.remove();
    }

    private static CallContext.Captured captured() {
        String user = USER.get();
        return task -> {
            String before = USER.get();
            USER.set(user);
            try {
                task.run();
            } finally {
                USER.set(before);
            }
        };
    }

    private record Caller(Call call, CompletableFuture<Object> future) {}

    private Caller call() {
        CallHost host = new CallHost(
                null, AbortSignal.never(), NestedRunContextTests::captured, CallListener.none(), thread -> false, null);
        AtomicReference<Call> made = new AtomicReference<>();
        CompletableFuture<Object> future = Calls.async(
                new CallSite("prices.find", host, false),
                call -> {
                    made.set(call);
                    return new CompletableFuture<>();
                },
                new Work() {
                    @Override
                    public Object run(AbortSignal signal) {
                        throw new AssertionError("There is no method");
                    }

                    @Override
                    public boolean asynchronous() {
                        return true;
                    }
                },
                AbortSignal.never());
        return new Caller(made.get(), future);
    }

    private SharedRun run() {
        return new SharedRun(this.time, false, run -> {});
    }

    @Test
    void itIsInTheContextOfThatCallAllTheSame() {
        SharedRun outer = run();
        outer.gather(call().call());
        USER.set("ann");
        Caller latest = call();
        outer.gather(latest.call());
        List<Call> attempts = new ArrayList<>();
        outer.start(
                (call, next) -> next.start(call),
                call -> {
                    attempts.add(call);
                    return new CompletableFuture<>();
                },
                null);
        USER.set("somebody else");

        latest.future().cancel(true);
        SharedRun inner = run();
        inner.gather(attempts.get(0));
        inner.start(
                (call, next) -> next.start(call),
                call -> {
                    this.seen.add(USER.get());
                    return new CompletableFuture<>();
                },
                null);

        assertThat(this.seen).containsExactly("ann");
    }
}
