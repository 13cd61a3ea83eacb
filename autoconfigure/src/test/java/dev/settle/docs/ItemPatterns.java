package dev.settle.docs;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.settle.core.AsyncCall;
import dev.settle.core.Policy;
import dev.settle.flow.Each;
import dev.settle.flow.Outcome;
import dev.settle.flow.Pages;
import dev.settle.policy.debounce.Debouncer;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.throttle.ThrottlePolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The code of docs/patterns.md, part one: many items, and one call with rules around it. */
class ItemPatterns {

    private final Client api;

    ItemPatterns(Client api) {
        this.api = api;
    }

    CompletableFuture<List<String>> sequential(List<String> ids) {
        return Each.of(ids).atMost(1).map(this.api::send);
    }

    CompletableFuture<List<String>> parallel(List<String> ids) {
        return Each.of(ids).map(this.api::send);
    }

    CompletableFuture<List<String>> batched(List<String> ids) {
        return Each.of(ids).inBatchesOf(10).map(this.api::send);
    }

    CompletableFuture<List<String>> pool(List<String> ids) {
        return Each.of(ids).atMost(5).map(this.api::send);
    }

    CompletableFuture<Long> allSettled(List<String> ids) {
        return Each.of(ids)
                .settle(this.api::send)
                .thenApply(outcomes -> outcomes.stream()
                        .filter(outcome -> outcome.fold(reply -> true, failure -> false))
                        .count());
    }

    CompletableFuture<String> retry(String id) {
        RetryPolicy retry =
                RetryPolicy.times(3).delay(ofMillis(500), ofSeconds(10)).build();
        return retry.call(() -> this.api.send(id));
    }

    CompletableFuture<String> timeout(String id) {
        return TimeoutPolicy.of(ofSeconds(5)).call(() -> this.api.send(id));
    }

    Policy rules() {
        return RetryPolicy.times(3).build().around(TimeoutPolicy.of(ofSeconds(2)));
    }

    Debouncer<String, String> debounce() {
        return Debouncer.after(ofMillis(300), this.api::send).build();
    }

    ThrottlePolicy throttle() {
        return ThrottlePolicy.sliding(50, ofSeconds(1)).build();
    }

    record Page(List<String> orders, Optional<String> next) {}

    interface Shop {
        CompletableFuture<Page> orders(String cursor);
    }

    CompletableFuture<Void> iterate(Shop shop, List<String> all) {
        return Pages.from("first", shop::orders, Page::next).forEach(page -> {
            all.addAll(page.orders());
            return CompletableFuture.completedFuture(null);
        });
    }

    Flow.Publisher<Page> generate(Shop shop) {
        return Pages.from("first", shop::orders, Page::next).publisher();
    }

    CompletableFuture<Outcome<String>> outcome(AsyncCall<String> call) throws Exception {
        return Outcome.of(call.start());
    }
}
