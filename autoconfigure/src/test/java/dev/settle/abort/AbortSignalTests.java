package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.Aborted;
import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One signal, its listeners and its exceptions. */
class AbortSignalTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final AbortSource signal = new AbortSource();
    private final List<String> heard = new ArrayList<>();

    @Test
    void openSignalHasNoReasonAndThrowsNothing() {
        assertThat(this.signal.aborted()).isFalse();
        assertThat(this.signal.reason()).isEmpty();
        assertThatCode(this.signal::throwIfAborted).doesNotThrowAnyException();
    }

    @Test
    void abortedSignalHasTheVeryReasonItWasAbortedWith() {
        assertThat(this.signal.abort(this.reason)).isTrue();

        assertThat(this.signal.aborted()).isTrue();
        assertThat(this.signal.reason()).containsSame(this.reason);
    }

    @Test
    void secondAbortChangesNothing() {
        this.signal.onAbort(why -> this.heard.add(why.message()));
        this.signal.abort(this.reason);

        assertThat(this.signal.abort(AbortReason.shutdown("later"))).isFalse();
        assertThat(this.signal.reason()).containsSame(this.reason);
        assertThat(this.heard).containsExactly("enough");
    }

    @Test
    void listenersAreToldTheVeryReason() {
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        this.signal.onAbort(told::complete);

        this.signal.abort(this.reason);

        assertThat(told.join()).isSameAs(this.reason);
    }

    @Test
    void listenersRunInTheOrderOfTheirRegistration() {
        for (String name : List.of("0", "1", "2", "3", "4")) {
            this.signal.onAbort(why -> this.heard.add(name));
        }

        this.signal.abort(this.reason);

        assertThat(this.heard).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void listenersRunOnTheAbortingThread() {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        this.signal.onAbort(why -> ran.complete(Thread.currentThread()));

        this.signal.abort(this.reason);

        assertThat(ran).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void listenerOnAnAbortedSignalRunsBeforeOnAbortReturns() {
        this.signal.abort(this.reason);

        this.signal.onAbort(why -> this.heard.add("at once"));

        assertThat(this.heard).containsExactly("at once");
    }

    @Test
    void listenerAddedByAListenerRunsAtOnce() {
        this.signal.onAbort(why -> {
            this.heard.add("outer begins");
            this.signal.onAbort(again -> this.heard.add("inner"));
            this.heard.add("outer ends");
        });
        this.signal.onAbort(why -> this.heard.add("next"));

        this.signal.abort(this.reason);

        assertThat(this.heard).containsExactly("outer begins", "inner", "outer ends", "next");
    }

    @Test
    void removedListenerNeverRuns() {
        Registration registration = this.signal.onAbort(why -> this.heard.add("removed"));
        this.signal.onAbort(why -> this.heard.add("kept"));

        assertThat(registration.remove()).isTrue();
        this.signal.abort(this.reason);

        assertThat(this.heard).containsExactly("kept");
    }

    @Test
    void removalIsTrueOnlyOnce() {
        Registration registration = this.signal.onAbort(why -> {});

        assertThat(registration.remove()).isTrue();
        assertThat(registration.remove()).isFalse();
    }

    @Test
    void removalAfterTheRunIsFalse() {
        Registration registration = this.signal.onAbort(why -> {});

        this.signal.abort(this.reason);

        assertThat(registration.remove()).isFalse();
    }

    @Test
    void removalOfAListenerThatRanAtRegistrationIsFalse() {
        this.signal.abort(this.reason);

        assertThat(this.signal.onAbort(why -> {}).remove()).isFalse();
    }

    @Test
    void removalFromWithinTheListenerIsFalse() {
        List<Registration> own = new ArrayList<>();
        List<Boolean> removed = new ArrayList<>();
        own.add(this.signal.onAbort(why -> removed.add(own.get(0).remove())));

        this.signal.abort(this.reason);

        assertThat(removed).containsExactly(false);
    }

    @Test
    void listenerMayRemoveOneBehindItself() {
        List<Registration> behind = new ArrayList<>();
        List<Boolean> removed = new ArrayList<>();
        this.signal.onAbort(why -> removed.add(behind.get(0).remove()));
        behind.add(this.signal.onAbort(why -> this.heard.add("behind")));
        this.signal.onAbort(why -> this.heard.add("last"));

        this.signal.abort(this.reason);

        assertThat(removed).containsExactly(true);
        assertThat(this.heard).containsExactly("last");
    }

    @Test
    void sameListenerRegisteredTwiceIsTwoRegistrations() {
        Consumer<AbortReason> listener = why -> this.heard.add("told");
        Registration first = this.signal.onAbort(listener);
        this.signal.onAbort(listener);
        this.signal.onAbort(listener);

        first.remove();
        this.signal.abort(this.reason);

        assertThat(this.heard).containsExactly("told", "told");
    }

    @Test
    void closingARegistrationRemovesIt() {
        try (Registration registration = this.signal.onAbort(why -> this.heard.add("told"))) {
            assertThat(registration).isNotNull();
        }

        this.signal.abort(this.reason);

        assertThat(this.heard).isEmpty();
    }

    @Test
    void removedListenersAreNotKept() {
        Registration first = this.signal.onAbort(why -> {});
        Registration second = this.signal.onAbort(why -> {});

        second.remove();
        first.remove();

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void toldListenersAreNotKept() {
        this.signal.onAbort(why -> {});

        this.signal.abort(this.reason);

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void throwingListenerDoesNotStopTheOthersNorTheAborter() {
        this.signal.onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });
        this.signal.onAbort(why -> {
            throw new AssertionError("expected by the test");
        });
        this.signal.onAbort(why -> this.heard.add("last"));

        assertThat(this.signal.abort(this.reason)).isTrue();
        assertThat(this.heard).containsExactly("last");
    }

    @Test
    void throwingListenerOnAnAbortedSignalDoesNotReachWhoRegistersIt() {
        this.signal.abort(this.reason);

        assertThatCode(() -> this.signal.onAbort(why -> {
                    throw new IllegalStateException("expected by the test");
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void abortFromWithinAListenerChangesNothing() {
        List<Boolean> first = new ArrayList<>();
        this.signal.onAbort(why -> first.add(this.signal.abort(AbortReason.shutdown("again"))));
        this.signal.onAbort(why -> this.heard.add(why.message()));

        this.signal.abort(this.reason);

        assertThat(first).containsExactly(false);
        assertThat(this.heard).containsExactly("enough");
    }

    @Test
    void throwIfAbortedThrowsANewExceptionEachTimeWithTheSameReason() {
        this.signal.abort(this.reason);

        Throwable first = catchThrowable(this.signal::throwIfAborted);
        Throwable second = catchThrowable(this.signal::throwIfAborted);

        assertThat(first).isNotNull().isNotSameAs(second);
        assertThat(((Aborted) first).reason()).isSameAs(this.reason);
        assertThat(((Aborted) second).reason()).isSameAs(this.reason);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, dev.settle.CallTimeoutException",
        "SUPERSEDED, dev.settle.SupersededException",
        "CALLER_CANCELLED, dev.settle.AbortedException",
        "SHUTDOWN, dev.settle.AbortedException",
        "APPLICATION, dev.settle.AbortedException"
    })
    void exceptionTellsTheKindOfReason(Kind kind, Class<? extends Throwable> type) {
        Throwable cause = new IllegalStateException("the root of it");
        this.signal.abort(new AbortReason(kind, "in words", cause));

        Throwable thrown = catchThrowable(this.signal::throwIfAborted);

        assertThat(thrown).isExactlyInstanceOf(type).hasMessage("in words");
    }

    @Test
    void exceptionOfACancellationHasTheReasonsCause() {
        Throwable cause = new IllegalStateException("the root of it");
        this.signal.abort(new AbortReason(Kind.APPLICATION, "in words", cause));

        assertThat(catchThrowable(this.signal::throwIfAborted))
                .isInstanceOf(AbortedException.class)
                .hasCause(cause);
    }

    @Test
    void exceptionOfATimeoutIsNoCancellation() {
        assertThat(AbortSource.exception(new AbortReason(Kind.TIMEOUT, "too long", null)))
                .isInstanceOf(CallTimeoutException.class)
                .isNotInstanceOf(java.util.concurrent.CancellationException.class)
                .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void exceptionOfASupersededCallIsACancellation() {
        assertThat(AbortSource.exception(new AbortReason(Kind.SUPERSEDED, "a newer one", null)))
                .isInstanceOf(SupersededException.class)
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void signalWithoutDeadlineHasNoRemainingTime() {
        assertThat(this.signal.remaining()).isEmpty();
    }

    @Test
    void signalSaysInWordsWhatItIs() {
        assertThat(this.signal).hasToString("AbortSignal[open]");

        this.signal.abort(this.reason);

        assertThat(this.signal).hasToString("AbortSignal[APPLICATION: enough]");
    }

    @Test
    void manyListenersAreWarnedOfOnce() {
        try (Logs logs = new Logs(AbortSource.class)) {
            for (int i = 0; i < 10_000; i++) {
                this.signal.onAbort(why -> {});
            }
            assertThat(logs.records()).isEmpty();
            for (int i = 0; i < 10; i++) {
                this.signal.onAbort(why -> {});
            }
            assertThat(logs.records()).hasSize(1);
        }
    }

    @Test
    void listenerWhoseFailureCannotBeWrittenStopsNothing() {
        this.signal.onAbort(why -> {
            throw new Unwritable();
        });
        this.signal.onAbort(why -> this.heard.add("last"));

        assertThat(this.signal.abort(this.reason)).isTrue();
        assertThat(this.heard).containsExactly("last");
    }

    @Test
    void signalMayAbortNowAndTellLater() {
        this.signal.onAbort(why -> this.heard.add("told"));

        Runnable tell = this.signal.abortAndTellLater(this.reason, failure -> {});

        assertThat(this.signal.reason()).containsSame(this.reason);
        assertThat(this.heard).isEmpty();
        tell.run();
        assertThat(this.heard).containsExactly("told");
    }

    @Test
    void whoeverHearsOfFailuresMayFailToo() {
        this.signal.onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });
        this.signal.onAbort(why -> this.heard.add("last"));

        this.signal
                .abortAndTellLater(this.reason, failure -> {
                    throw new AssertionError("expected by the test");
                })
                .run();

        assertThat(this.heard).containsExactly("last");
    }

    @Test
    void throwingListenerIsLogged() {
        IllegalStateException thrown = new IllegalStateException("expected by the test");
        this.signal.onAbort(why -> {
            throw thrown;
        });

        try (Logs logs = new Logs(AbortSource.class)) {
            this.signal.abort(this.reason);

            assertThat(logs.records()).extracting(LogRecord::getThrown).containsExactly(thrown);
        }
    }

    /** Breaks when it is written to a log. */
    private static final class Unwritable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("expected by the test");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("expected by the test");
        }
    }

    @Test
    void whatIsThrownTellsWhereTheSignalWasAsked() {
        AbortSource asked = new AbortSource();
        asked.abort(AbortReason.application("enough"));

        assertThat(catchThrowable(asked::throwIfAborted).getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("whatIsThrownTellsWhereTheSignalWasAsked");
    }
}
