package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AbortReasonTests {

    private static final AbortReason REASON = AbortReason.application("enough");

    @Test
    void reasonsAreMadeByKind() {
        assertThat(AbortReason.application("a").kind()).isEqualTo(Kind.APPLICATION);
        assertThat(AbortReason.shutdown("s").kind()).isEqualTo(Kind.SHUTDOWN);
        assertThat(AbortReason.callerCancelled("c").kind()).isEqualTo(Kind.CALLER_CANCELLED);
        assertThat(AbortReason.callerCancelled("c").message()).isEqualTo("c");
        assertThat(AbortReason.callerCancelled("c").cause()).isNull();
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void isFoundThroughTheWrappersOfTheJdk(Throwable wrapped) {
        assertThat(AbortReason.from(wrapped)).containsSame(REASON);
    }

    static Stream<Throwable> wrappers() {
        AbortedException aborted = new AbortedException(REASON);
        return Stream.of(
                aborted,
                new CompletionException(aborted),
                new ExecutionException(aborted),
                new ExecutionException(new CompletionException(aborted)),
                new CancellationException().initCause(aborted),
                new IllegalStateException(new RuntimeException(aborted)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isFoundInWhatJoinAndGetThrow(Kind kind) {
        AbortReason reason = new AbortReason(kind, "in words", null);
        CompletableFuture<Object> failed = CompletableFuture.failedFuture(AbortSource.exception(reason));
        CompletableFuture<Object> dependent = failed.thenApply(value -> value);

        assertThat(AbortReason.from(catchThrowable(failed::join))).containsSame(reason);
        assertThat(AbortReason.from(catchThrowable(failed::get))).containsSame(reason);
        assertThat(AbortReason.from(catchThrowable(dependent::join))).containsSame(reason);
        assertThat(AbortReason.from(catchThrowable(dependent::get))).containsSame(reason);
    }

    @Test
    void isFoundInATimeout() {
        AbortReason timeout = new AbortReason(Kind.TIMEOUT, "too long", null);

        assertThat(AbortReason.from(new CompletionException(new CallTimeoutException(timeout))))
                .containsSame(timeout);
    }

    @Test
    void nearestReasonIsTheOneFound() {
        AbortReason root = AbortReason.shutdown("the root");
        AbortReason near = new AbortReason(Kind.APPLICATION, "near", new AbortedException(root));

        assertThat(AbortReason.from(new CompletionException(new AbortedException(near))))
                .containsSame(near);
    }

    @Test
    void otherFailuresHaveNone() {
        assertThat(AbortReason.from(new CancellationException())).isEmpty();
        assertThat(AbortReason.from(new CompletionException(new IllegalStateException())))
                .isEmpty();
        assertThat(AbortReason.from(null)).isEmpty();
    }

    @Test
    void failureThatBreaksWhenItIsLookedIntoHasNone() {
        RuntimeException broken = new RuntimeException() {
            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("expected by the test");
            }
        };

        assertThat(AbortReason.from(broken)).isEmpty();
    }

    @Test
    void ringOfCausesIsLookedThroughOnce() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);

        assertThat(AbortReason.from(one)).isEmpty();
    }
}
