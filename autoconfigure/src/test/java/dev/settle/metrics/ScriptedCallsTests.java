package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.core.CallEvent;
import dev.settle.core.FutureEvent;
import dev.settle.core.HandWork;
import dev.settle.metrics.MeteredApp.Shop;
import dev.settle.test.VirtualTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** After a set of calls every meter has the number that is counted by hand; those that are not named are zero. */
class ScriptedCallsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();

    /** An application, and what its meters must say at the end. */
    private final class Script {

        private final Shop shop;
        private final MeterRegistry registry;
        private final AsyncAbortController controller;

        Script(Shop shop, MeterRegistry registry, AsyncAbortController controller) {
            this.shop = shop;
            this.registry = registry;
            this.controller = controller;
        }

        void says(Object... metersAndNumbers) {
            Map<String, Long> expected = new TreeMap<>();
            for (int i = 0; i < metersAndNumbers.length; i += 2) {
                expected.put((String) metersAndNumbers[i], ((Integer) metersAndNumbers[i + 1]).longValue());
            }
            Map<String, Long> counted = Meters.counted(this.registry);
            counted.remove(SettleMeters.SIGNAL_LISTENERS + " ");
            assertThat(counted).isEqualTo(expected);
        }
    }

    private void play(Consumer<Script> script) {
        MeteredApp.runner(this.time, this.work)
                .run(context -> script.accept(new Script(
                        context.getBean(Shop.class),
                        context.getBean(MeterRegistry.class),
                        context.getBean(AsyncAbortController.class))));
    }

    private void fails(String name) {
        this.work.future(name).completeExceptionally(new IllegalStateException("reset"));
    }

    private void advance(int seconds) {
        for (int i = 0; i < seconds; i++) {
            this.time.advance(SECOND);
        }
    }

    private static void look(CompletableFuture<?> future) {
        assertThat(future.isCompletedExceptionally()).isTrue();
    }

    @Test
    void successesAndRetries() {
        play(script -> {
            CompletableFuture<String> good = script.shop.price("good");
            this.work.end("good");
            CompletableFuture<String> second = script.shop.price("second");
            fails("second");
            advance(1);
            this.work.end("second");
            CompletableFuture<String> never = script.shop.price("never");
            for (int attempt = 0; attempt < 3; attempt++) {
                fails("never");
                advance(1);
            }

            assertThat(good).isCompletedWithValue("good");
            assertThat(second).isCompletedWithValue("second");
            look(never);
            script.says(
                    "settle.calls shop.price success", 2,
                    "settle.calls shop.price failure", 1,
                    "settle.attempts shop.price success", 2,
                    "settle.attempts shop.price failure", 4,
                    "settle.retries shop.price retrying", 3,
                    "settle.retries shop.price exhausted", 1,
                    "settle.wait shop.price retry", 3);
            assertThat(Meters.time(script.registry, SettleMeters.WAIT, "name", "shop.price", "policy", "retry"))
                    .isEqualTo(Duration.ofSeconds(3));
            assertThat(Meters.time(script.registry, SettleMeters.CALLS, "name", "shop.price", "outcome", "success"))
                    .isEqualTo(SECOND);
        });
    }

    @Test
    void timeoutsOfBothScopes() {
        play(script -> {
            CompletableFuture<String> slow = script.shop.price("slow");
            // 10 s, a pause of 1 s, 10 s, a pause, and 3 of the 10 s of the third attempt.
            advance(26);

            look(slow);
            script.says(
                    "settle.calls shop.price timeout", 1,
                    "settle.attempts shop.price failure", 3,
                    "settle.retries shop.price retrying", 2,
                    "settle.timeouts shop.price attempt", 2,
                    "settle.timeouts shop.price total", 1,
                    "settle.wait shop.price retry", 2);
        });
    }

    @Test
    void workThatEndsLate() {
        play(script -> {
            CompletableFuture<String> slow = script.shop.stubborn("slow");
            CompletableFuture<String> given = script.shop.stubborn("given");
            advance(5);
            given.cancel(true);
            advance(6);
            look(slow);
            script.says(
                    "settle.calls shop.stubborn timeout", 1,
                    "settle.calls shop.stubborn cancelled", 1,
                    "settle.running shop.stubborn timeout", 2,
                    "settle.timeouts shop.stubborn attempt", 1);

            this.work.end("slow");
            this.work.end("given");

            script.says(
                    "settle.calls shop.stubborn timeout", 1,
                    "settle.calls shop.stubborn cancelled", 1,
                    "settle.attempts shop.stubborn success", 2,
                    "settle.timeouts shop.stubborn attempt", 1,
                    "settle.late shop.stubborn", 2);
        });
    }

    @Test
    void waitsAndRefusalsOfABulkhead() {
        play(script -> {
            CompletableFuture<String> runs = script.shop.book("runs");
            CompletableFuture<String> waits = script.shop.book("waits");
            CompletableFuture<String> full = script.shop.book("full");
            script.says(
                    "settle.calls shop.book rejected", 1,
                    "settle.running shop.book bulkhead", 1,
                    "settle.waiting shop.book bulkhead", 1,
                    "settle.wait shop.book bulkhead", 1,
                    "settle.rejections shop.book bulkhead queue_full", 1);
            advance(6);
            CompletableFuture<String> leaves = script.shop.book("leaves");
            leaves.cancel(true);
            CompletableFuture<String> next = script.shop.book("next");
            advance(2);
            this.work.end("runs");
            this.work.end("next");

            assertThat(runs).isCompletedWithValue("runs");
            assertThat(next).isCompletedWithValue("next");
            List.of(waits, full, leaves).forEach(ScriptedCallsTests::look);
            script.says(
                    "settle.calls shop.book success", 2,
                    "settle.calls shop.book rejected", 2,
                    "settle.calls shop.book cancelled", 1,
                    "settle.attempts shop.book success", 2,
                    "settle.wait shop.book bulkhead", 4,
                    "settle.rejections shop.book bulkhead queue_full", 1,
                    "settle.rejections shop.book bulkhead wait_exceeded", 1);
            assertThat(Meters.time(script.registry, SettleMeters.WAIT, "name", "shop.book"))
                    .isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void refusalsForKeysRateAndConflict() {
        play(script -> {
            CompletableFuture<String> seat = script.shop.seat("1A");
            look(script.shop.seat("1B"));
            this.work.end("1A");
            assertThat(script.shop.limited("one")).isCompletedWithValue("one");
            look(script.shop.limited("other"));
            CompletableFuture<String> holder = script.shop.reject("holder");
            look(script.shop.reject("other"));
            this.work.end("holder");

            assertThat(List.of(seat, holder)).allMatch(CompletableFuture::isDone);
            script.says(
                    "settle.calls shop.seat success", 1,
                    "settle.calls shop.seat rejected", 1,
                    "settle.attempts shop.seat success", 1,
                    "settle.rejections shop.seat bulkhead keys", 1,
                    "settle.calls shop.limited success", 1,
                    "settle.calls shop.limited rejected", 1,
                    "settle.attempts shop.limited success", 1,
                    "settle.rejections shop.limited throttle rate", 1,
                    "settle.calls shop.reject success", 1,
                    "settle.calls shop.reject rejected", 1,
                    "settle.attempts shop.reject success", 1,
                    "settle.rejections shop.reject exclusive conflict", 1);
        });
    }

    @Test
    void coalescedAndSupersededCalls() {
        play(script -> {
            List<CompletableFuture<String>> all = List.of(
                    script.shop.search("s"),
                    script.shop.search("se"),
                    script.shop.search("sea"),
                    script.shop.suggest("s"),
                    script.shop.suggest("su"));
            script.says(
                    "settle.waiting shop.search debounce", 3,
                    "settle.debounce.coalesced shop.search", 2,
                    "settle.waiting shop.suggest debounce", 1,
                    "settle.wait shop.suggest debounce", 1,
                    "settle.calls shop.suggest superseded", 1,
                    "settle.debounce.coalesced shop.suggest", 1);
            advance(2);
            HandWork.until(() -> all.stream().allMatch(CompletableFuture::isDone));

            look(all.get(3));
            script.says(
                    "settle.calls shop.search success", 3,
                    "settle.attempts shop.search success", 1,
                    "settle.wait shop.search debounce", 3,
                    "settle.debounce.coalesced shop.search", 2,
                    "settle.calls shop.suggest success", 1,
                    "settle.calls shop.suggest superseded", 1,
                    "settle.attempts shop.suggest success", 1,
                    "settle.wait shop.suggest debounce", 2,
                    "settle.debounce.coalesced shop.suggest", 1);
        });
    }

    @Test
    void sharedJoinedAndReplacedCalls() {
        play(script -> {
            List<CompletableFuture<String>> shared =
                    List.of(script.shop.shared("1"), script.shop.shared("2"), script.shop.shared("3"));
            advance(11);
            HandWork.until(() -> shared.stream().allMatch(CompletableFuture::isDone));
            CompletableFuture<String> runs = script.shop.join("runs");
            CompletableFuture<String> joins = script.shop.join("joins");
            this.work.end("runs");
            HandWork.until(() -> runs.isDone() && joins.isDone());
            CompletableFuture<String> replaced = script.shop.replace("replaced");
            CompletableFuture<String> replaces = script.shop.replace("replaces");
            HandWork.until(() -> this.work.started().contains("replaces"));
            this.work.end("replaces");
            HandWork.until(() -> replaced.isDone() && replaces.isDone());

            look(replaced);
            script.says(
                    "settle.calls shop.shared success", 3,
                    "settle.attempts shop.shared success", 2,
                    "settle.wait shop.shared throttle", 2,
                    "settle.throttle.shared shop.shared", 1,
                    "settle.calls shop.join success", 2,
                    "settle.attempts shop.join success", 1,
                    "settle.exclusive.joined shop.join", 1,
                    "settle.calls shop.replace success", 1,
                    "settle.calls shop.replace superseded", 1,
                    "settle.attempts shop.replace success", 1,
                    "settle.attempts shop.replace failure", 1,
                    "settle.exclusive.replaced shop.replace", 1);
        });
    }

    @Test
    void callsThatAreAbortedAndThoseThatComeTooLate() {
        play(script -> {
            CompletableFuture<String> aborted = script.shop.book("aborted");
            script.controller.inFlight().forEach(work -> work.abort(AbortReason.shutdown("enough")));
            script.controller.inFlight().close();
            CompletableFuture<String> refused = script.shop.book("refused");

            look(aborted);
            look(refused);
            script.says(
                    "settle.calls shop.book aborted", 1,
                    "settle.calls shop.book rejected", 1,
                    "settle.attempts shop.book failure", 1,
                    "settle.rejections shop.book shutdown closed", 1);
        });
    }

    @Test
    void aFailureThatNobodyHasLookedAt() {
        MeteredApp.runner(this.time, this.work).run(context -> {
            context.getBean(CallMeters.class)
                    .onEvent(new CallEvent("shop.book", FutureEvent.UNOBSERVED, new IllegalStateException("reset")));

            assertThat(Meters.counted(context.getBean(MeterRegistry.class)))
                    .containsEntry("settle.unobserved shop.book", 1L);
        });
    }

    @Test
    void whatIsInsideEachPolicy() {
        play(script -> {
            List<CompletableFuture<String>> all = List.of(
                    script.shop.everything("holds"),
                    script.shop.everything("for the lock"),
                    script.shop.everything("for its turn"));

            assertThat(all).noneMatch(CompletableFuture::isDone);
            script.says(
                    "settle.running shop.everything retry", 3,
                    "settle.running shop.everything throttle", 2,
                    "settle.running shop.everything exclusive", 1,
                    "settle.running shop.everything bulkhead", 1,
                    "settle.waiting shop.everything exclusive", 1,
                    "settle.waiting shop.everything throttle", 1);
            all.forEach(call -> call.cancel(true));
        });
    }
}
