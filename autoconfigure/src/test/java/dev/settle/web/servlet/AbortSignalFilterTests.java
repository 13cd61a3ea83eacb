package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import dev.settle.web.DeadlineHeader;
import dev.settle.web.RequestSources;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AbortSignalFilterTests {

    private final VirtualTime time = new VirtualTime();
    private final List<Runnable> watched = new ArrayList<>();
    private final List<String> unwatched = new ArrayList<>();
    private final AbortSignalFilter filter =
            new AbortSignalFilter(new RequestSources(this.time, new DeadlineHeader("X-Left")), (request, gone) -> {
                this.watched.add(gone);
                return () -> this.unwatched.add(request.getRequestURI());
            });
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/desk");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final List<AbortSignal> signals = new ArrayList<>();
    private final FilterChain handling = (request, response) -> this.signals.add(AbortSignal.current());
    private final FilterChain waiting = (request, response) -> {
        this.signals.add(AbortSignal.current());
        request.startAsync();
    };

    @BeforeEach
    void supportWaiting() {
        this.request.setAsyncSupported(true);
    }

    private void handle(FilterChain chain) throws Exception {
        this.filter.doFilter(this.request, this.response, chain);
    }

    private AbortSignal signal() {
        return this.signals.get(0);
    }

    private AbortReason.Kind kind() {
        return signal().reason().orElseThrow().kind();
    }

    private MockAsyncContext wait(FilterChain chain) throws Exception {
        handle(chain);
        return (MockAsyncContext) this.request.getAsyncContext();
    }

    private static AsyncListener listener(MockAsyncContext async) {
        assertThat(async.getListeners()).hasSize(1);
        return async.getListeners().get(0);
    }

    @Test
    void signalIsTheCurrentOneWhileTheRequestIsHandledAndNoLonger() throws Exception {
        handle(this.handling);

        assertThat(signal()).isNotSameAs(AbortSignal.never());
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void signalIsTheSameWhenTheRequestIsDispatchedAgain() throws Exception {
        handle(this.waiting);
        handle(this.handling);

        assertThat(this.signals).hasSize(2);
        assertThat(this.signals.get(1)).isSameAs(signal());
    }

    @Test
    void answerThatCannotBeWrittenAborts() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> handle((request, response) -> {
                    this.signals.add(AbortSignal.current());
                    throw new IOException("Broken pipe");
                }));

        assertThat(kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void failureOfTheApplicationAbortsNothing() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> handle((request, response) -> {
                    this.signals.add(AbortSignal.current());
                    throw new IllegalStateException("failed");
                }));

        assertThat(signal().aborted()).isFalse();
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void asynchronousErrorOfTheConnectionAborts() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        listener(async).onError(new AsyncEvent(async, new IOException("Connection reset")));

        assertThat(kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void asynchronousErrorOfTheApplicationAbortsNothing() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        listener(async).onError(new AsyncEvent(async, new IllegalStateException("failed")));

        assertThat(signal().aborted()).isFalse();
    }

    @Test
    void timeoutOfTheContainerAborts() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        listener(async).onTimeout(new AsyncEvent(async));

        assertThat(kind()).isEqualTo(AbortReason.Kind.TIMEOUT);
    }

    @Test
    void requestThatBeginsToWaitAgainIsStillFollowed() throws Exception {
        AsyncListener listener = listener(wait(this.waiting));
        MockAsyncContext again = new MockAsyncContext(this.request, this.response);
        listener.onStartAsync(new AsyncEvent(again));

        assertThat(again.getListeners()).containsExactly(listener);
    }

    @Test
    void clientIsWatchedWhileItsRequestWaits() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        assertThat(this.watched).hasSize(1);

        listener(async).onComplete(new AsyncEvent(async));

        assertThat(this.unwatched).containsExactly("/desk");
        assertThat(signal().aborted()).isFalse();
    }

    @Test
    void clientIsNotWatchedWhenItsRequestHasEnded() throws Exception {
        handle(this.handling);

        assertThat(this.watched).isEmpty();
    }

    @Test
    void absenceOfTheClientAborts() throws Exception {
        handle(this.waiting);
        this.watched.get(0).run();

        assertThat(kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void deadlineOfTheRequestAborts() throws Exception {
        this.request.addHeader("X-Left", "500");
        handle(this.waiting);
        assertThat(signal().remaining()).contains(Duration.ofMillis(500));

        this.time.advance(Duration.ofMillis(500));

        assertThat(kind()).isEqualTo(AbortReason.Kind.TIMEOUT);
    }

    @Test
    void endOfTheRequestEndsItsTimer() throws Exception {
        this.request.addHeader("X-Left", "500");
        handle(this.handling);

        assertThat(this.time.pending()).isZero();
    }

    @Test
    void endOfARequestThatWaitedEndsItsTimer() throws Exception {
        this.request.addHeader("X-Left", "500");
        MockAsyncContext async = wait(this.waiting);
        assertThat(this.time.pending()).isOne();

        listener(async).onComplete(new AsyncEvent(async));

        assertThat(this.time.pending()).isZero();
    }

    @Test
    void failureOfTheApplicationsOwnFilesAbortsNothing() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> handle((request, response) -> {
                    this.signals.add(AbortSignal.current());
                    throw new FileNotFoundException("prices.csv");
                }));

        assertThat(signal().aborted()).isFalse();
    }

    @Test
    void asynchronousFailureOfTheApplicationsOwnFilesAbortsNothing() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        listener(async).onError(new AsyncEvent(async, new FileNotFoundException("prices.csv")));

        assertThat(signal().aborted()).isFalse();
    }

    @Test
    void asynchronousErrorOfWhichTheContainerSaysNoMoreAborts() throws Exception {
        MockAsyncContext async = wait(this.waiting);
        listener(async).onError(new AsyncEvent(async));

        assertThat(kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }
}
