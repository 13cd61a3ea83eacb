package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Logs;
import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UsingTests {

    private final IllegalStateException broken = new IllegalStateException("broken");
    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<String> opening = new CompletableFuture<>();
    private final CompletableFuture<String> using = new CompletableFuture<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private AbortSignal closingSignal = AbortSignal.never();

    private CompletableFuture<String> all() {
        return Using.with(
                () -> this.opening,
                resource -> {
                    this.told.add("use " + resource);
                    return this.using;
                },
                resource -> {
                    this.told.add("close " + resource);
                    this.closingSignal = AbortSignal.current();
                    return this.closing;
                });
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void whatIsOpenedIsUsedAndThenClosed() {
        CompletableFuture<String> all = all();
        assertThat(this.told).isEmpty();
        this.opening.complete("connection");
        assertThat(this.told).containsExactly("use connection");
        this.using.complete("rows");
        assertThat(this.told).containsExactly("use connection", "close connection");
        assertThat(all).as("it is being closed").isNotDone();

        this.closing.complete(null);

        assertThat(all).isCompletedWithValue("rows");
    }

    @Test
    void itIsClosedWhenItsUseFails() {
        CompletableFuture<String> all = all();
        this.opening.complete("connection");

        this.using.completeExceptionally(this.broken);

        assertThat(this.told).endsWith("close connection");
        assertThat(all).isNotDone();
        this.closing.complete(null);
        assertThat(failure(all)).isSameAs(this.broken);
    }

    @Test
    void itIsClosedWhenItsUseThrowsOrGivesNull() {
        this.closing.complete(null);

        assertThat(failure(Using.with(
                        () -> CompletableFuture.completedFuture("one"),
                        resource -> {
                            throw this.broken;
                        },
                        resource -> {
                            this.told.add("close " + resource);
                            return this.closing;
                        })))
                .isSameAs(this.broken);
        assertThat(failure(Using.with(() -> CompletableFuture.completedFuture("two"), resource -> null, resource -> {
                    this.told.add("close " + resource);
                    return this.closing;
                })))
                .hasMessageContaining("null instead of a future");
        assertThat(this.told).containsExactly("close one", "close two");
    }

    @Test
    void whatCouldNotBeOpenedIsNeitherUsedNorClosed() {
        CompletableFuture<String> all = all();

        this.opening.completeExceptionally(this.broken);

        assertThat(failure(all)).isSameAs(this.broken);
        assertThat(this.told).isEmpty();
    }

    @Test
    void failureToCloseIsTheOutcomeOfAUseThatWentWell() {
        CompletableFuture<String> all = all();
        this.opening.complete("connection");
        this.using.complete("rows");

        this.closing.completeExceptionally(this.broken);

        assertThat(failure(all)).isSameAs(this.broken);
    }

    @Test
    void failureToCloseIsSuppressedInThatOfTheUse() {
        IllegalArgumentException first = new IllegalArgumentException("first");
        CompletableFuture<String> all = all();
        this.opening.complete("connection");
        this.using.completeExceptionally(first);

        this.closing.completeExceptionally(this.broken);

        assertThat(failure(all)).isSameAs(first).hasSuppressedException(this.broken);
    }

    @Test
    void whatWasBeingOpenedWhenItWasGivenUpIsClosed() {
        CompletableFuture<String> all = all();

        all.cancel(true);

        assertThat(all).isCancelled();
        assertThat(this.opening).as("what it brings would be lost").isNotCancelled();
        this.opening.complete("connection");
        assertThat(this.told).containsExactly("close connection");
    }

    @Test
    void abortReachesTheUseAndNotTheClosing() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<String> all;
        try {
            all = all();
        } finally {
            CurrentSignal.swap(outer);
        }
        this.opening.complete("connection");

        around.abort(AbortReason.shutdown("The application stops"));

        assertThat(this.using).isCancelled();
        assertThat(this.told).endsWith("close connection");
        assertThat(this.closingSignal.aborted()).isFalse();
        assertThat(this.closing).isNotDone();
        assertThat(all).isNotDone();
        this.closing.complete(null);
        assertThat(failure(all)).isInstanceOf(AbortedException.class);
    }

    @Test
    void severalAreClosedInTheOppositeOrder() {
        CompletableFuture<String> all = Using.with(
                () -> CompletableFuture.completedFuture("a"),
                a -> Using.with(
                        () -> CompletableFuture.completedFuture("b"),
                        b -> CompletableFuture.completedFuture(a + b),
                        this::close),
                this::close);

        assertThat(all).isCompletedWithValue("ab");
        assertThat(this.told).containsExactly("close b", "close a");
    }

    private CompletableFuture<Void> close(String resource) {
        this.told.add("close " + resource);
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void closeableClosesItselfOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> closed = new CompletableFuture<>();

        CompletableFuture<String> all = Using.with(
                () -> CompletableFuture.<AutoCloseable>completedFuture(() -> closed.complete(Thread.currentThread())),
                resource -> CompletableFuture.completedFuture("used"));

        assertThat(Results.await(all)).isEqualTo("used");
        assertThat(closed).isDone();
        assertThat(closed.join()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void failureToCloseIsLoggedWhenTheCallerHasGone() {
        CompletableFuture<String> all = all();
        this.opening.complete("connection");
        all.cancel(true);
        this.using.complete("rows");
        try (Logs logs = new Logs(Scope.class)) {
            this.closing.completeExceptionally(this.broken);

            assertThat(logs.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown()).hasSuppressedException(this.broken));
        }
    }
}
