package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.Logs;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failed future that nobody looks at is found, when nobody can look at it any more. */
class UnobservedFailuresTests {

    private static final Next METHOD = Next.link(List.of());

    private final IOException failure = new IOException("reset");
    private final VirtualTime time = new VirtualTime();
    private final UnobservedFailures unobserved = new UnobservedFailures(this.time);
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final CallSite site = new CallSite(
            "prices.find",
            new CallHost(
                    null, AbortSignal.never(), CallContext.none(), this.events::add, thread -> false, this.unobserved),
            false);

    private CompletableFuture<String> call(CompletableFuture<String> work) {
        return Calls.async(this.site, METHOD, new FutureWork(work), AbortSignal.never());
    }

    private record FutureWork(CompletableFuture<String> future) implements Work {

        @Override
        public Object run(AbortSignal signal) {
            return this.future;
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }

    private CompletableFuture<String> failed() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> future = call(work);
        work.completeExceptionally(this.failure);
        return future;
    }

    @Test
    void isReportedOnceWithTheNameOfTheMethodWhenItIsCollected() {
        failed();

        collect(1);

        assertThat(this.events).containsExactly(new CallEvent("prices.find", FutureEvent.UNOBSERVED, this.failure));
        assertThat(this.unobserved.count()).isEqualTo(1);
        assertThat(this.unobserved.pending()).isEmpty();
    }

    private void collect(int failures) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return this.events.size() == failures;
        });
    }

    /** The collector takes what other tests have left, too. */
    private List<LogRecord> own(Logs logs) {
        return logs.records().stream()
                .filter(record -> record.getThrown() == this.failure)
                .toList();
    }

    @Test
    void isLoggedWithTheFailure() {
        try (Logs logs = new Logs(UnobservedFailures.class)) {
            failed();

            collect(1);

            assertThat(own(logs)).singleElement().satisfies(record -> {
                assertThat(record.getMessage())
                        .isEqualTo("'prices.find' failed, and nobody has looked at the future that it returned");
                assertThat(record.getThrown()).isSameAs(this.failure);
            });
        }
    }

    @Test
    void isLoggedOnceAndThenAsANumberWhenThereIsAStormOfThem() {
        try (Logs logs = new Logs(UnobservedFailures.class)) {
            for (int i = 0; i < 50; i++) {
                failed();
            }
            collect(50);
            assertThat(own(logs)).hasSize(1);

            this.time.advance(Duration.ofSeconds(10));
            failed();
            collect(51);

            assertThat(own(logs)).hasSize(2);
            assertThat(own(logs).get(1).getMessage()).endsWith("nor at 49 others since this was logged last");
            assertThat(this.unobserved.count()).isEqualTo(51);
        }
    }

    @Test
    void isPendingAsLongAsSomebodyCouldLook() {
        CompletableFuture<String> future = failed();

        assertThat(this.unobserved.pending())
                .containsExactly(new UnobservedFailures.Failure("prices.find", this.failure));
        assertThat(future).isDone();
    }

    @FunctionalInterface
    interface Look {

        Object at(CompletableFuture<String> future) throws Exception;
    }

    private static void look(Look look, CompletableFuture<String> future) {
        try {
            look.at(future);
        } catch (Exception ex) {
            assertThat(ex).hasRootCauseMessage("reset");
        }
    }

    static Stream<Named<Look>> looks() {
        return Stream.of(
                Named.of("join", future -> future.join()),
                Named.of("get", future -> future.get()),
                Named.of("get with a limit", future -> future.get(1, TimeUnit.SECONDS)),
                Named.of("getNow", future -> future.getNow("")),
                Named.of("isCompletedExceptionally", CompletableFuture::isCompletedExceptionally),
                Named.of("exceptionNow", future -> ((CallFuture<String>) future).exceptionNow()),
                Named.of("whenComplete", future -> future.whenComplete((value, thrown) -> {})),
                Named.of("thenApply", future -> future.thenApply(String::length)),
                Named.of("handle", future -> future.handle((value, thrown) -> "")),
                Named.of("exceptionally", future -> future.exceptionally(thrown -> "")),
                Named.of("thenCombine", future -> future.thenCombine(new CompletableFuture<>(), (a, b) -> a)),
                Named.of(
                        "thenCompose of another",
                        future -> CompletableFuture.completedFuture("").thenCompose(x -> future)),
                Named.of(
                        "thenCombine of another",
                        future -> CompletableFuture.completedFuture("").thenCombine(future, (a, b) -> a)),
                Named.of("minimalCompletionStage", CompletableFuture::minimalCompletionStage),
                Named.of("copy", CompletableFuture::copy));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void isForgottenWhenSomebodyLooksAfterwards(Look look) {
        look(look, failed());

        assertThat(this.unobserved.pending()).isEmpty();
        assertThat(this.unobserved.count()).isZero();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void isForgottenOfAFutureThatHadFailedWhenItWasReturned(Look look) {
        look(look, call(CompletableFuture.failedFuture(this.failure)));

        assertThat(this.unobserved.pending()).isEmpty();
    }

    @Test
    void isNoneWhenSomethingHungOnTheFutureBeforeItFailed() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> future = call(work);
        CompletableFuture.allOf(future);

        work.completeExceptionally(this.failure);

        assertThat(this.unobserved.pending()).isEmpty();
    }

    @Test
    void isWatchedOfACallThatFailedWhenItWasReturned() {
        call(CompletableFuture.failedFuture(this.failure));

        assertThat(this.unobserved.pending()).hasSize(1);
    }

    @Test
    void isNoneWhenTheCallHasAValue() {
        call(CompletableFuture.completedFuture("7.30"));

        assertThat(this.unobserved.pending()).isEmpty();
    }

    @Test
    void isNoneWhenTheCallerGaveUp() {
        call(new CompletableFuture<>()).cancel(true);

        assertThat(this.unobserved.pending()).isEmpty();
    }

    @Test
    void isNoneWhenTheWorkWasCalledOff() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> future = call(work);

        work.cancel(true);

        assertThat(future).isDone();
        assertThat(this.unobserved.pending()).isEmpty();
    }

    @Test
    void isFoundByPollingOnlyWhenTheOutcomeIsAskedFor() {
        CompletableFuture<String> future = failed();

        assertThat(future.isDone()).isTrue();

        assertThat(this.unobserved.pending()).hasSize(1);
    }

    @Test
    void canBeForgotten() {
        failed();

        this.unobserved.forget();

        assertThat(this.unobserved.pending()).isEmpty();
        assertThat(this.unobserved.count()).isZero();
    }

    @Test
    void asksOfAFutureThatHasNotFailedForNoFailure() {
        CallFuture<String> future = (CallFuture<String>) call(new CompletableFuture<>());

        assertThat(catchThrowable(future::exceptionNow)).isInstanceOf(IllegalStateException.class);
    }
}
