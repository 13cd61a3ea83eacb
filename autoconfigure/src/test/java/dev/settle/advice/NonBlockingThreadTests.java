package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.util.AopTestUtils;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A synchronous method on a thread of Reactor's that must not wait: it works, or says why it does not. */
class NonBlockingThreadTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final Scheduler eventLoop = Schedulers.newParallel("loop", 1);

    @AfterEach
    void nothingIsArmed() {
        this.eventLoop.dispose();
        assertThat(this.time.pending()).isZero();
    }

    static class Prices {

        private final List<String> runs = new CopyOnWriteArrayList<>();

        List<String> runs() {
            return this.runs;
        }

        private String run(String id, CompletableFuture<?> until) {
            this.runs.add(id);
            try {
                Results.await(until);
            } catch (Exception ex) {
                throw new AssertionError(ex);
            }
            return id + " 7.30";
        }

        @Bulkhead(1)
        public String permitted(String id, CompletableFuture<?> until) {
            return run(id, until);
        }

        @Exclusive
        public String alone(String id, CompletableFuture<?> until) {
            return run(id, until);
        }

        @Throttle
        public String throttled(String id, CompletableFuture<?> until) {
            return run(id, until);
        }

        @Debounce("1s")
        public String debounced(String id) {
            return id;
        }

        @Debounce("1s")
        public void stored(String id) {
            this.runs.add(id);
        }

        @Retry(delay = "1s")
        public String flaky(boolean fails) {
            if (fails) {
                throw new IllegalStateException("reset");
            }
            return "7.30";
        }

        @Timeout("1s")
        public String limited() {
            return "7.30";
        }
    }

    /** What a call may have to wait for. */
    enum Line {
        PERMIT(Prices::permitted),
        LOCK(Prices::alone);

        private final Call call;

        Line(Call call) {
            this.call = call;
        }

        @FunctionalInterface
        interface Call {
            String of(Prices prices, String id, CompletableFuture<?> until);
        }
    }

    private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture(null);

    private void run(Consumer<Prices> test) {
        Startup.runner(this.time)
                .withBean("prices", Prices.class)
                .withBean(CallListener.class, () -> this.events::add)
                .run(context -> {
                    test.accept(context.getBean(Prices.class));
                    assertThat(context.getBean(AsyncAbortController.class)
                                    .inFlight()
                                    .size())
                            .as("calls in flight")
                            .isZero();
                });
    }

    private static List<String> runs(Prices prices) {
        return AopTestUtils.<Prices>getUltimateTargetObject(prices).runs();
    }

    private <T> CompletableFuture<T> onTheEventLoop(Callable<T> call) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        this.eventLoop.schedule(() -> {
            try {
                outcome.complete(call.call());
            } catch (Throwable ex) {
                outcome.completeExceptionally(ex);
            }
        });
        return outcome;
    }

    private <T> T valueOf(Callable<T> call) {
        try {
            return Results.await(onTheEventLoop(call));
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private Throwable refusalOf(String name, Callable<?> call) {
        try {
            Throwable failure = Results.awaitFailure(onTheEventLoop(call));
            assertThat(failure)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("'prices." + name + "' would have to wait, which thread 'loop-")
                    .hasMessageContaining("let the method return a future or a publisher")
                    .hasMessageContaining("Schedulers.boundedElastic()");
            return failure;
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatWouldHaveToWaitInLineLeavesIt(Line line) {
        run(prices -> {
            CompletableFuture<String> end = new CompletableFuture<>();
            CompletableFuture<String> first = CompletableFuture.supplyAsync(
                    () -> line.call.of(prices, "first", end), task -> new Thread(task, "first").start());
            Results.until(() -> !runs(prices).isEmpty());
            String name = (line == Line.PERMIT) ? "permitted" : "alone";

            refusalOf(name, () -> line.call.of(prices, "second", NOTHING));
            refusalOf(name, () -> line.call.of(prices, "third", NOTHING));

            assertThat(this.events.stream().filter(event -> event.type() == LineEvent.LEFT))
                    .hasSize(2);
            end.complete("done");
            Results.until(first::isDone);
            assertThat(valueOf(() -> line.call.of(prices, "fourth", NOTHING)))
                    .as("what the first held is free")
                    .isEqualTo("fourth 7.30");
            assertThat(runs(prices)).containsExactly("first", "fourth");
        });
    }

    @Test
    void aCallThatWouldHaveToWaitForTheRateCostsNothing() {
        run(prices -> {
            assertThat(valueOf(() -> prices.throttled("first", NOTHING))).isEqualTo("first 7.30");

            refusalOf("throttled", () -> prices.throttled("second", NOTHING));

            this.time.advance(SECOND);
            assertThat(valueOf(() -> prices.throttled("third", NOTHING))).isEqualTo("third 7.30");
            assertThat(runs(prices)).containsExactly("first", "third");
        });
    }

    @Test
    void aRetryThatWouldHaveToWaitDoesNotBeginAndSaysWhatTheAttemptFailedWith() {
        run(prices -> {
            Throwable refused = refusalOf("flaky", () -> prices.flaky(true));

            assertThat(refused.getSuppressed())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).hasMessage("reset"));
        });
    }

    @Test
    void aDebouncedCallThatWantsTheValueLeavesItsWindow() {
        run(prices -> {
            refusalOf("debounced", () -> prices.debounced("a"));

            this.time.advance(SECOND);

            assertThat(runs(prices)).isEmpty();
        });
    }

    @Test
    void aDebouncedCallThatWantsNoValueNeedNotWait() {
        run(prices -> {
            valueOf(() -> {
                prices.stored("a");
                return true;
            });

            this.time.advance(SECOND);

            assertThat(runs(prices)).containsExactly("a");
        });
    }

    @Test
    void aCallThatNeedNotWaitWorks() {
        run(prices -> {
            assertThat(valueOf(() -> prices.permitted("a", NOTHING))).isEqualTo("a 7.30");
            assertThat(valueOf(() -> prices.alone("a", NOTHING))).isEqualTo("a 7.30");
            assertThat(valueOf(() -> prices.flaky(false))).isEqualTo("7.30");
            assertThat(valueOf(prices::limited)).isEqualTo("7.30");
        });
    }

    @Test
    void onAThreadThatMayWaitTheSameCallWaits() {
        run(prices -> {
            prices.throttled("first", NOTHING);
            CompletableFuture<String> second = CompletableFuture.supplyAsync(
                    () -> prices.throttled("second", NOTHING), Schedulers.boundedElastic()::schedule);

            Results.until(() -> {
                this.time.advance(Duration.ofMillis(1));
                return second.isDone();
            });

            assertThat(second).isCompletedWithValue("second 7.30");
        });
    }
}
