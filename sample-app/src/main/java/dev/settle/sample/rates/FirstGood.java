package dev.settle.sample.rates;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for the first good answers of several providers, and cancels the rest. */
final class FirstGood {

    private final int wanted;
    private final Map<String, CompletableFuture<Rate>> calls;
    private final CompletableFuture<List<Answer>> result = new CompletableFuture<>();

    private FirstGood(int wanted, Map<String, CompletableFuture<Rate>> calls) {
        this.wanted = wanted;
        this.calls = calls;
    }

    /** Fails with the failure that leaves too few providers. */
    static CompletableFuture<List<Answer>> of(int wanted, Map<String, CompletableFuture<Rate>> calls) {
        FirstGood race = new FirstGood(wanted, calls);
        calls.values().forEach(call -> call.whenComplete((rate, failure) -> race.check(failure)));
        return race.result;
    }

    private void check(@Nullable Throwable failure) {
        if (count(call -> call.isDone() && !call.isCompletedExceptionally()) >= this.wanted) {
            cancelRest();
            this.result.complete(answers());
        } else if (failure != null
                && count(CompletableFuture::isCompletedExceptionally) > this.calls.size() - this.wanted) {
            this.result.completeExceptionally(failure);
            cancelRest();
        }
    }

    private long count(Predicate<CompletableFuture<Rate>> state) {
        return this.calls.values().stream().filter(state).count();
    }

    private void cancelRest() {
        this.calls.values().forEach(call -> call.cancel(true));
    }

    private List<Answer> answers() {
        return this.calls.entrySet().stream()
                .map(call -> Answer.of(call.getKey(), call.getValue()))
                .toList();
    }
}
