package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Logs;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTests {

    private final AsyncAbortController controller =
            AsyncAbortController.builder().time(new VirtualTime()).build();
    private final Background background = Background.of(this.controller);
    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final Logs logs = new Logs(Background.class);
    private AbortSignal signal = AbortSignal.never();

    @AfterEach
    void close() {
        this.logs.close();
    }

    private LogRecord logged() {
        assertThat(this.logs.records()).hasSize(1);
        return this.logs.records().get(0);
    }

    private CompletableFuture<String> start() {
        this.signal = AbortSignal.current();
        return this.work;
    }

    @Test
    void failureIsLoggedUnderItsName() {
        this.background.run("welcome mail", this::start);

        this.work.completeExceptionally(new IllegalStateException("no such address"));

        assertThat(logged().getMessage()).isEqualTo("Background work 'welcome mail' failed");
        assertThat(logged().getThrown()).hasMessage("no such address");
    }

    @Test
    void failureToStartIsLoggedToo() {
        this.background.run("welcome mail", () -> {
            throw new IllegalStateException("no such address");
        });

        assertThat(logged().getThrown()).hasMessage("no such address");
    }

    @Test
    void shutdownWaitsForIt() {
        this.background.run("welcome mail", this::start);
        CompletableFuture<Void> drained = this.controller.drainAsync();
        assertThat(drained).isNotDone();

        this.work.complete("sent");

        assertThat(drained).isDone();
    }

    @Test
    void itsSignalAbortsAtTheTurnOfItsGroup() {
        this.background.run("welcome mail", this::start);

        this.controller.abortAsync();

        assertThat(this.signal.aborted()).isTrue();
        this.work.cancel(true);
        assertThat(this.logs.records()).as("it did as it was told").isEmpty();
    }

    @Test
    void itGoesOnWhenItsCallerIsAborted() {
        AbortSource caller = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(caller);
        try {
            this.background.run("welcome mail", this::start);
        } finally {
            CurrentSignal.swap(outer);
        }

        caller.abort(AbortReason.callerCancelled("gone"));

        assertThat(this.signal.aborted()).isFalse();
        assertThat(this.work).isNotDone();
    }

    @Test
    void whatIsRefusedBecauseTheApplicationStopsIsLogged() {
        this.controller.drainAsync();

        this.background.run("welcome mail", this::start);

        assertThat(logged().getThrown()).hasMessageContaining("CLOSED");
    }
}
