package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.ReentrantCallException;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import dev.settle.annotation.Retry.Jitter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures are tried again. */
class RetryableTests {

    private static class Base extends Exception {}

    private static class Middle extends Base {}

    private static class Leaf extends Middle {}

    private static class Other extends Exception {}

    private static boolean retried(
            List<Class<? extends Throwable>> includes, List<Class<? extends Throwable>> excludes, Throwable failure) {
        RetrySettings settings =
                new RetrySettings(3, Duration.ZERO, 2, Duration.ZERO, Jitter.NONE, null, includes, excludes, "");
        return new Retryable(settings, null).test(failure);
    }

    static Stream<Arguments> ladder() {
        return Stream.of(
                // Nothing listed: everything.
                Arguments.of(List.of(), List.of(), true, true, true, true),
                // Includes reach down, never up.
                Arguments.of(List.of(Base.class), List.of(), true, true, true, false),
                Arguments.of(List.of(Middle.class), List.of(), false, true, true, false),
                Arguments.of(List.of(Leaf.class), List.of(), false, false, true, false),
                Arguments.of(List.of(Leaf.class, Other.class), List.of(), false, false, true, true),
                Arguments.of(List.of(Exception.class), List.of(), true, true, true, true),
                // Excludes reach down, never up.
                Arguments.of(List.of(), List.of(Base.class), false, false, false, true),
                Arguments.of(List.of(), List.of(Middle.class), true, false, false, true),
                Arguments.of(List.of(), List.of(Leaf.class), true, true, false, true),
                // Both: an exclude of the child beats an include of the parent ...
                Arguments.of(List.of(Base.class), List.of(Middle.class), true, false, false, false),
                Arguments.of(List.of(Base.class), List.of(Leaf.class), true, true, false, false),
                Arguments.of(List.of(Middle.class), List.of(Leaf.class), false, true, false, false),
                Arguments.of(List.of(Exception.class), List.of(Other.class), true, true, true, false),
                // ... and an exclude of the parent beats an include of the child.
                Arguments.of(List.of(Middle.class), List.of(Base.class), false, false, false, false),
                Arguments.of(List.of(Base.class, Leaf.class), List.of(Middle.class), true, false, false, false),
                Arguments.of(List.of(Base.class), List.of(Base.class), false, false, false, false),
                Arguments.of(List.of(Leaf.class), List.of(Base.class, Other.class), false, false, false, false));
    }

    @ParameterizedTest
    @MethodSource("ladder")
    void typesAreIncludedAndExcludedWithTheirSubtypesAndExcludesWin(
            List<Class<? extends Throwable>> includes,
            List<Class<? extends Throwable>> excludes,
            boolean base,
            boolean middle,
            boolean leaf,
            boolean other) {
        assertThat(Stream.of(new Base(), new Middle(), new Leaf(), new Other())
                        .map(failure -> retried(includes, excludes, failure)))
                .containsExactly(base, middle, leaf, other);
    }

    @Test
    void includesLookThroughCauses() {
        Throwable deep = new RuntimeException(new IllegalStateException(new FileNotFoundException()));

        assertThat(retried(List.of(IOException.class), List.of(), deep)).isTrue();
        assertThat(retried(List.of(Other.class), List.of(), deep)).isFalse();
    }

    @Test
    void excludesLookThroughCauses() {
        Throwable deep = new RuntimeException(new IllegalStateException(new FileNotFoundException()));

        assertThat(retried(List.of(), List.of(IOException.class), deep)).isFalse();
        assertThat(retried(List.of(RuntimeException.class), List.of(IOException.class), deep))
                .isFalse();
    }

    @Test
    void aRingOfCausesEnds() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);

        assertThat(retried(List.of(IOException.class), List.of(), one)).isFalse();
    }

    static Stream<Throwable> finalFailures() {
        AbortReason reason = AbortReason.application("enough");
        return Stream.of(
                new CancellationException(),
                new AbortedException(reason),
                new AbortedException(AbortReason.shutdown("closing")),
                new SupersededException(new AbortReason(AbortReason.Kind.SUPERSEDED, "a later call", null)),
                new InterruptedException(),
                new OutOfMemoryError("on purpose"),
                new AssertionError("on purpose"),
                new StackOverflowError(),
                new ReentrantCallException("waits for itself"),
                new CallRejectedException("shutdown", "prices.find", null, Reason.CLOSED, null));
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void whatAnotherAttemptCannotMendIsNotRetried(Throwable failure) {
        assertThat(retried(List.of(), List.of(), failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void whatAnotherAttemptCannotMendIsRetriedWhenItIsListed(Throwable failure) {
        assertThat(retried(List.of(failure.getClass()), List.of(), failure)).isTrue();
        assertThat(retried(List.of(Throwable.class), List.of(), failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void whatAnotherAttemptCannotMendIsNotListedByATypeThatStandsForMuchElse(Throwable failure) {
        assertThat(retried(List.of(RuntimeException.class), List.of(), failure)).isFalse();
        assertThat(retried(List.of(Exception.class), List.of(), failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void whatAnotherAttemptCannotMendIsNotRetriedWhenItIsListedAndExcluded(Throwable failure) {
        assertThat(retried(List.of(Throwable.class), List.of(failure.getClass()), failure))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("finalFailures")
    void aListOfSomethingElseDoesNotListThem(Throwable failure) {
        assertThat(retried(List.of(Other.class), List.of(), failure)).isFalse();
    }

    static Stream<Throwable> ordinaryFailures() {
        return Stream.of(
                new IOException(),
                new IllegalStateException(),
                new TimeoutException(),
                new CompletionException(new IOException()),
                new CallTimeoutException(new AbortReason(AbortReason.Kind.TIMEOUT, "too slow", null)),
                new CallRejectedException("bulkhead", "prices.find", null, Reason.QUEUE_FULL, null),
                new CallRejectedException("throttle", "prices.find", null, Reason.RATE, Duration.ofSeconds(1)),
                new CallRejectedException("exclusive", "prices.find", null, Reason.CONFLICT, null));
    }

    @ParameterizedTest
    @MethodSource("ordinaryFailures")
    void everythingElseIsRetried(Throwable failure) {
        assertThat(retried(List.of(), List.of(), failure)).isTrue();
    }
}
