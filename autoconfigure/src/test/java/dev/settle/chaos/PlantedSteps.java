package dev.settle.chaos;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Steps with bugs, for those laws that a step can break. */
final class PlantedSteps {

    private PlantedSteps() {}

    /** Law 1: nobody hears of a failure. */
    static Step losingFailures(Step real) {
        return (call, next) -> {
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            real.apply(call, next).thenAccept(outcome::complete);
            return outcome;
        };
    }

    /** Law 2: all who are inside go with the first that is cancelled. */
    static Step draggingOthersAlong(Step real) {
        List<AbortSource> inside = new ArrayList<>();
        return (call, next) -> {
            inside.add(call.signal());
            call.signal().onAbort(reason -> List.copyOf(inside).forEach(other -> other.abort(reason)));
            return real.apply(call, next).whenComplete((value, failure) -> inside.remove(call.signal()));
        };
    }

    /** Law 3: the permit goes back when the method returns. */
    static Step freeOnReturn(Step real) {
        return (call, next) -> {
            CompletableFuture<CompletableFuture<Object>> started = new CompletableFuture<>();
            return real.apply(call, within -> {
                        started.complete(next.start(within));
                        return CompletableFuture.completedFuture(null);
                    })
                    .thenCompose(nothing -> started.join());
        };
    }

    /** Law 4: a thread waits for each call. */
    static Step onThreadOfItsOwn(Step real) {
        return (call, next) -> {
            CompletableFuture<Object> outcome = real.apply(call, next);
            Thread waiting =
                    new Thread(() -> outcome.handle((value, failure) -> null).join());
            waiting.setDaemon(true);
            waiting.start();
            return outcome;
        };
    }

    /** Law 5: the method runs under the lock of the policy. */
    record Locked(Step real) implements Step {

        @Override
        public synchronized CompletableFuture<Object> apply(Call call, Next next) {
            return this.real.apply(call, next);
        }
    }

    /** Law 6: a caller that gives up goes, and its place in line does not. */
    static Step stayingInLine(Step real) {
        return (call, next) -> {
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            call.signal().onAbort(reason -> outcome.completeExceptionally(AbortSource.exception(reason)));
            real.apply(call.with(new AbortSource()), next).whenComplete((value, failure) -> {
                if (failure == null) {
                    outcome.complete(value);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
            return outcome;
        };
    }

    /** Law 8: a refusal that says nothing but words. */
    static Step wordsOnly(Step real) {
        return (call, next) -> real.apply(call, next)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof CallRejectedException
                                ? new RejectedExecutionException("too many")
                                : failure));
    }

    /** Law 9: a map that only grows. */
    static final class KeepingKeys implements Step {

        private final Map<Object, Boolean> keys = new HashMap<>();
        private final Step real;

        KeepingKeys(Step real) {
            this.real = real;
        }

        @Override
        public CompletableFuture<Object> apply(Call call, Next next) {
            this.keys.put(call.arguments()[0], true);
            return this.real.apply(call, next);
        }

        @Override
        public Map<String, Long> state() {
            Map<String, Long> state = new HashMap<>(this.real.state());
            state.computeIfPresent("keys", (name, number) -> (long) this.keys.size());
            return state;
        }
    }
}
