package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Phased;

/** What becomes of open windows, and of their runs, when the application shuts down. */
class DebounceShutdownTests {

    /** Spring waits 30 s, Settle half a second less. */
    private static final Duration PHASE = Duration.ofMillis(29_500);

    private static final int PHASE_OF_DRAFTS = 100;

    private final WatchedTime time = new WatchedTime();
    private final Journal journal = new Journal();
    private final ApplicationContextRunner app = Apps.virtual(this.time).withBean("drafts", Drafts.class);

    /** Somebody who saves drafts, an hour after the last change. */
    static class Drafts implements Phased {

        private final List<String> saved = new CopyOnWriteArrayList<>();
        private volatile Function<String, CompletableFuture<String>> store = CompletableFuture::completedFuture;

        @Override
        public int getPhase() {
            return PHASE_OF_DRAFTS;
        }

        /** Methods, because this may be a proxy, whose fields are not those of the bean. */
        List<String> saved() {
            return this.saved;
        }

        void storing(Function<String, CompletableFuture<String>> how) {
            this.store = how;
        }

        private CompletableFuture<String> store(String draft) {
            this.saved.add(draft);
            return this.store.apply(draft);
        }

        @Debounce("1h")
        CompletableFuture<String> save(String draft) {
            return store(draft);
        }

        @Debounce("1h")
        void saveLater(String draft) {
            store(draft);
        }

        @Debounce("1h")
        String saveNow(String draft) {
            return store(draft).join();
        }

        @Debounce(value = "1h", onShutdown = OnShutdown.CANCEL)
        CompletableFuture<String> preview(String draft) {
            return store(draft);
        }

        @Debounce(value = "1h", key = "#draft")
        CompletableFuture<String> each(String draft) {
            return store(draft);
        }

        @Debounce(value = "1h", running = Running.QUEUE, leading = true)
        CompletableFuture<String> queued(String draft) {
            return store(draft);
        }

        @Debounce(value = "1h", key = "#draft")
        @Bulkhead(1)
        CompletableFuture<String> oneAtATime(String draft) {
            return store(draft);
        }

        @Debounce(value = "1h", key = "#draft")
        @Throttle(window = "10s")
        CompletableFuture<String> slowly(String draft) {
            return store(draft);
        }

        @Debounce("1h")
        @Retry(maxRetries = 1, delay = "7s", jitter = Retry.Jitter.NONE)
        CompletableFuture<String> stubborn(String draft) {
            return store(draft);
        }
    }

    private static Drafts drafts(ApplicationContext context) {
        return context.getBean(Drafts.class);
    }

    private static ThrowingConsumer<Throwable> abortedByShutdown() {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.SHUTDOWN));
    }

    /** Notes when the phases before and after that of the drafts have their turn. */
    private void notePhases(ApplicationContext context) {
        controller(context).phase(PHASE_OF_DRAFTS + 1).onAbort("before", this.journal.noting("before"));
        controller(context).phase(PHASE_OF_DRAFTS - 1).onAbort("after", this.journal.noting("after"));
    }

    @Test
    void whatIsPendingRunsInThePhaseOfItsBeanAndCallersGetTheirValue() {
        this.app.run(context -> {
            notePhases(context);
            drafts(context).storing(draft -> {
                this.journal.note("save " + draft);
                return CompletableFuture.completedFuture(draft);
            });
            CompletableFuture<String> first = drafts(context).save("first");
            CompletableFuture<String> second = drafts(context).save("second");
            second.thenRun(() -> this.journal.note("told"));

            context.close();

            assertThat(Waits.result(first)).isEqualTo("second");
            assertThat(second).isCompletedWithValue("second");
            assertThat(this.journal.lines()).containsExactly("before", "save second", "told", "after");
            assertThat(this.time.pending()).as("timers").isZero();
        });
    }

    @Test
    void shutdownWaitsForTheRun() {
        CompletableFuture<String> storing = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        this.app.run(context -> {
            notePhases(context);
            drafts(context).storing(draft -> {
                begun.complete(null);
                return storing;
            });
            CompletableFuture<String> call = drafts(context).save("draft");
            Closing closing = Closing.of(context);
            Waits.result(begun);
            Waits.assertStaysOpen(closing.closed());
            assertThat(this.journal.lines()).containsExactly("before");

            storing.complete("stored");

            closing.join();
            assertThat(call).isCompletedWithValue("stored");
        });
    }

    @Test
    void aFailureOfTheRunReachesItsCallersAndShutdownGoesOn() {
        IllegalStateException failure = new IllegalStateException("disk full");
        this.app.run(context -> {
            drafts(context).storing(draft -> CompletableFuture.failedFuture(failure));
            CompletableFuture<String> call = drafts(context).save("draft");

            context.close();

            assertThat(Waits.failure(call)).isSameAs(failure);
        });
    }

    @Test
    void aVoidMethodIsFlushedToo() {
        this.app.run(context -> {
            drafts(context).saveLater("first");
            drafts(context).saveLater("second");
            Drafts drafts = drafts(context);

            context.close();

            assertThat(drafts.saved()).containsExactly("second");
        });
    }

    @Test
    void callersOfASynchronousMethodGetTheirValue() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            CompletableFuture<String> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    outcome.complete(drafts.saveNow("draft"));
                } catch (Throwable ex) {
                    outcome.completeExceptionally(ex);
                }
            });
            caller.setDaemon(true);
            caller.start();
            Waits.until(() -> caller.getState() == Thread.State.WAITING);

            Closing closing = Closing.of(context);

            assertThat(Waits.result(outcome)).isEqualTo("draft");
            closing.join();
        });
    }

    @Test
    void theWindowsOfAllKeysAreFlushed() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            List<CompletableFuture<String>> calls = List.of(drafts.each("a"), drafts.each("b"), drafts.each("c"));

            context.close();

            assertThat(calls).allSatisfy(call -> assertThat(call).isCompleted());
            assertThat(drafts.saved()).containsExactlyInAnyOrder("a", "b", "c");
        });
    }

    @Test
    void whatIsPendingMayBeCancelledInstead() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            CompletableFuture<String> call = drafts.preview("draft");

            context.close();

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            assertThat(drafts.saved()).isEmpty();
            assertThat(this.time.pending()).as("timers").isZero();
        });
    }

    @Test
    void aRunThatHangsIsAbortedAtTheLimitOfThePhase() {
        CompletableFuture<AbortSignal> signal = new CompletableFuture<>();
        CompletableFuture<String> hanging = new CompletableFuture<>();
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            notePhases(context);
            drafts(context).storing(draft -> {
                signal.complete(AbortSignal.current());
                return hanging;
            });
            CompletableFuture<String> call = drafts(context).save("draft");
            Closing closing = Closing.of(context);
            Waits.result(signal);

            this.time.advance(PHASE.minusNanos(1));
            Waits.assertStaysOpen(call);
            this.time.advance(Duration.ofNanos(1));

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            closing.join();
            assertThat(hanging).isCancelled();
            assertThat(signal.join().aborted()).isTrue();
            assertThat(this.journal.lines()).containsExactly("before", "after");
            assertThat(Reports.outcome(controller, "debounced calls of 'drafts.save'"))
                    .isEqualTo(Outcome.TIMED_OUT);
        });
    }

    @Test
    void aRunThatWaitsForOneThatHangsIsAbortedWithIt() {
        CompletableFuture<String> hanging = new CompletableFuture<>();
        this.app.run(context -> {
            drafts(context).storing(draft -> hanging);
            CompletableFuture<String> first = drafts(context).queued("first");
            CompletableFuture<String> second = drafts(context).queued("second");
            // It begins after that of the debounced calls, whose limit is set then: one that were set after the time
            // has moved
            // would never be due.
            HandCleanup beside = new HandCleanup();
            controller(context).phase(PHASE_OF_DRAFTS).onAbort("beside", beside);
            Closing closing = Closing.of(context);
            beside.event();
            beside.finish();
            this.time.advance(PHASE);

            assertThat(Waits.failure(first)).satisfies(abortedByShutdown());
            assertThat(Waits.failure(second)).satisfies(abortedByShutdown());
            closing.join();
        });
    }

    @Test
    void flushedCallsMayStillWaitForABulkhead() {
        CompletableFuture<String> storing = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            drafts.storing(draft -> {
                begun.complete(null);
                return storing;
            });
            List<CompletableFuture<String>> calls = List.of(drafts.oneAtATime("a"), drafts.oneAtATime("b"));
            Closing closing = Closing.of(context);
            Waits.result(begun);

            storing.complete("stored");

            closing.join();
            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("stored"));
            assertThat(drafts.saved()).containsExactlyInAnyOrder("a", "b");
        });
    }

    @Test
    void flushedCallsMayStillWaitForAThrottle() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            List<CompletableFuture<String>> calls = List.of(drafts.slowly("a"), drafts.slowly("b"));
            Closing closing = Closing.of(context);
            Waits.until(() -> drafts.saved().size() == 1);
            this.time.awaitTimer(Duration.ofSeconds(10));
            Waits.assertStaysOpen(closing.closed());

            this.time.advance(Duration.ofSeconds(10));

            closing.join();
            assertThat(calls).allSatisfy(call -> assertThat(call).isCompleted());
            assertThat(drafts.saved()).containsExactlyInAnyOrder("a", "b");
        });
    }

    @Test
    void flushedCallsMayStillTryAgain() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            drafts.storing(draft -> drafts.saved().size() == 1
                    ? CompletableFuture.failedFuture(new IllegalStateException("busy"))
                    : CompletableFuture.completedFuture("stored"));
            CompletableFuture<String> call = drafts.stubborn("draft");
            Closing closing = Closing.of(context);

            this.time.advanceWhenArmed(Duration.ofSeconds(7));

            assertThat(Waits.result(call)).isEqualTo("stored");
            closing.join();
        });
    }

    @Test
    void aCallFromACleanupInAnEarlierPhaseIsFlushed() {
        this.app.run(context -> {
            Drafts drafts = drafts(context);
            controller(context).phase(PHASE_OF_DRAFTS + 1).onAbort("last words", event -> {
                drafts.saveLater("last words");
                return null;
            });

            context.close();

            assertThat(drafts.saved()).containsExactly("last words");
        });
    }

    @Test
    void aCallFromACleanupInALaterPhaseRunsAtOnce() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            Drafts drafts = drafts(context);
            controller.phase(PHASE_OF_DRAFTS - 1).onAbort("last words", event -> drafts.save("last words"));

            context.close();

            assertThat(drafts.saved()).containsExactly("last words");
            assertThat(Reports.outcome(controller, "last words")).isEqualTo(Outcome.COMPLETED);
        });
    }

    @Test
    void aRunThatGoesOnAtTheCloseIsWaitedForInThePhaseOfItsBean() {
        CompletableFuture<String> storing = new CompletableFuture<>();
        this.app.run(context -> {
            notePhases(context);
            drafts(context).storing(draft -> storing);
            CompletableFuture<String> call = drafts(context).queued("draft");
            Closing closing = Closing.of(context);
            Waits.until(() -> this.journal.lines().contains("before"));
            Waits.assertStaysOpen(closing.closed());

            storing.complete("stored");

            closing.join();
            assertThat(call).isCompletedWithValue("stored");
        });
    }
}
