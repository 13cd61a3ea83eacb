package dev.settle.abort;

import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the listener of a controller is told. */
class AbortListenerTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();

    private AsyncAbortController controller(AbortListener listener) {
        return AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .listener(listener)
                .build();
    }

    @Test
    void isToldOfEachStepInOrder() {
        AsyncAbortController controller = controller(this.journal);
        controller.onAbort("works", event -> null);
        controller.onAbort("fails", event -> CompletableFuture.failedFuture(new IllegalStateException("expected")));
        controller.nextGroup("next").onAbort("later", event -> null);

        settled(controller.abortAsync(this.reason));

        assertThat(this.journal.lines())
                .containsExactly(
                        "root aborting: enough",
                        "works COMPLETED",
                        "fails FAILED",
                        "root settled {COMPLETED=1, FAILED=1}",
                        "next aborting: enough",
                        "later COMPLETED",
                        "next settled {COMPLETED=1}");
    }

    @Test
    void isToldBeforeTheFutureCompletes() {
        AsyncAbortController controller = controller(this.journal);
        HandCleanup cleanup = new HandCleanup();
        controller.onAbort("cleanup", cleanup);
        controller.abortAsync(this.reason).thenRun(() -> this.journal.note("completed"));

        cleanup.finish();

        assertThat(this.journal.lines()).endsWith("cleanup COMPLETED", "root settled {COMPLETED=1}", "completed");
    }

    @Test
    void openGroupTellsNothing() {
        AsyncAbortController controller = controller(this.journal);

        controller.onAbort("cleanup", event -> null).remove();
        controller.track("operation", signal -> CompletableFuture.completedFuture("done"));

        assertThat(this.journal.lines()).isEmpty();
    }

    @Test
    void cleanupThatAbortsWhatWaitsForItIsToldOnce() {
        AsyncAbortController controller = controller(this.journal);
        controller.onAbort("selfish", event -> {
            controller.abortAsync(this.reason);
            return null;
        });

        settled(controller.abortAsync(this.reason));

        assertThat(this.journal.lines()).containsOnlyOnce("selfish waits for itself");
    }

    @Test
    void cleanupThatRanAnotherOneInsideIsStillRecognised() {
        AsyncAbortController controller = controller(this.journal);
        controller.onAbort("selfish", event -> {
            controller.onAbort("inner", innerEvent -> null);
            controller.abortAsync(this.reason);
            return null;
        });

        settled(controller.abortAsync(this.reason));

        assertThat(this.journal.lines()).contains("selfish waits for itself");
    }

    @Test
    void threadThatRanACleanupIsNotTakenForOneLater() {
        AsyncAbortController controller = controller(this.journal);
        controller.onAbort("cleanup", event -> null);
        settled(controller.abortAsync(this.reason));

        settled(controller.abortAsync(this.reason));

        assertThat(this.journal.lines()).contains("cleanup COMPLETED").noneMatch(line -> line.contains("for itself"));
    }

    @Test
    void cleanupThatAbortsAnotherGroupDoesNotWaitForItself() {
        AsyncAbortController controller = controller(this.journal);
        AbortGroup other = controller.phase(-5);
        controller.onAbort("helpful", event -> {
            other.abortAsync(this.reason);
            return null;
        });

        settled(controller.abortAsync(this.reason));

        assertThat(other.signal().aborted()).isTrue();
        assertThat(this.journal.lines()).noneMatch(line -> line.contains("waits for itself"));
    }

    @Test
    void listenerThatThrowsDisturbsNothing() {
        AsyncAbortController controller = controller(new Throwing());
        HandCleanup hung = new HandCleanup();
        CompletableFuture<String> late = new CompletableFuture<>();
        controller.onAbort("works", event -> {
            controller.abortAsync(this.reason);
            return null;
        });
        controller.onAbort("late", Duration.ofSeconds(1), event -> Stages.followingOnly(late));
        controller.signal().onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });
        controller.nextGroup().onAbort("hung", Duration.ofSeconds(1), hung);

        CompletableFuture<AbortReport> settlement = controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(1));
        late.complete("at last");
        this.time.advance(Duration.ofSeconds(1));

        AbortReport report = settled(settlement);
        assertThat(outcome(report, "works")).isEqualTo(Outcome.COMPLETED);
        assertThat(outcome(report, "late")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome(report, "hung")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void listenerThatThrowsIsLogged() {
        AsyncAbortController controller = controller(new Throwing());
        try (Logs logs = new Logs(AbortListener.class)) {
            settled(controller.abortAsync(this.reason));

            assertThat(logs.records())
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.getThrown()).isInstanceOf(AssertionError.class));
        }
    }

    @Test
    void failuresOfSignalListenersAreLoggedByDefault() {
        AsyncAbortController controller = controller(new AbortListener() {});
        IllegalStateException thrown = new IllegalStateException("expected by the test");
        controller.signal().onAbort(why -> {
            throw thrown;
        });

        try (Logs logs = new Logs(AbortListener.class)) {
            settled(controller.abortAsync(this.reason));

            assertThat(logs.records()).hasSize(1);
            assertThat(logs.records().get(0).getThrown()).isSameAs(thrown);
            assertThat(logs.records().get(0).getMessage()).contains("the signal of group 'root'");
        }
    }

    @Test
    void cleanupThatWaitsForItselfIsLoggedByDefault() {
        AsyncAbortController controller = controller(new AbortListener() {});
        controller.onAbort("selfish", event -> {
            controller.abortAsync(this.reason);
            return null;
        });

        try (Logs logs = new Logs(AbortListener.class)) {
            settled(controller.abortAsync(this.reason));

            assertThat(logs.records()).hasSize(1);
            assertThat(logs.records().get(0).getParameters()).containsExactly("selfish");
        }
    }

    @Test
    void reportOfAGroupIsThatOfTheGroupAlone() {
        List<AbortReport> reports = new ArrayList<>();
        AsyncAbortController controller = controller(new AbortListener() {
            @Override
            public void groupSettled(AbortGroup group, AbortReport report) {
                reports.add(report);
            }
        });
        HandCleanup first = new HandCleanup();
        HandCleanup second = new HandCleanup();
        controller.onAbort("first", first);
        controller.nextGroup().onAbort("second", second);
        controller.abortAsync(this.reason);

        this.time.advance(Duration.ofSeconds(2));
        first.finish();
        this.time.advance(Duration.ofSeconds(3));
        second.finish();

        assertThat(reports).extracting(AbortReport::settled).containsExactly(true, true);
        assertThat(reports)
                .extracting(AbortReport::elapsed)
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(reports)
                .flatExtracting(AbortReport::entries)
                .extracting(AbortReport.Entry::name)
                .containsExactly("first", "second");
    }

    /** Throws at every turn. */
    private static final class Throwing implements AbortListener {

        private static Error expected() {
            return new AssertionError("expected by the test");
        }

        @Override
        public void groupAborting(AbortGroup group, AbortReason why) {
            throw expected();
        }

        @Override
        public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
            throw expected();
        }

        @Override
        public void groupSettled(AbortGroup group, AbortReport report) {
            throw expected();
        }

        @Override
        public void endedLate(AbortReport.Entry entry, Duration lateness) {
            throw expected();
        }

        @Override
        public void listenerFailed(String where, Throwable failure) {
            throw expected();
        }

        @Override
        public void selfWait(String cleanup) {
            throw expected();
        }
    }
}
