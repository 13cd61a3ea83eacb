package dev.settle.web.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.reactive.ReactiveAbortSignal;
import dev.settle.test.VirtualTime;
import dev.settle.web.DeadlineHeader;
import dev.settle.web.RequestSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

class AbortSignalWebFilterTests {

    private final VirtualTime time = new VirtualTime();
    private final AbortSignalWebFilter filter =
            new AbortSignalWebFilter(new RequestSources(this.time, new DeadlineHeader("X-Left")), 0);
    private final TestPublisher<Void> handling = TestPublisher.create();
    private final List<AbortSignal> signals = new ArrayList<>();

    private Mono<Void> exchange(String left) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/").header("X-Left", left));
        return this.filter.filter(
                exchange,
                handled -> ReactiveAbortSignal.current()
                        .doOnNext(this.signals::add)
                        .then(this.handling.mono()));
    }

    @Test
    void signalIsInTheContextOfTheExchange() {
        exchange("").subscribe();

        assertThat(this.signals).hasSize(1).doesNotContain(AbortSignal.never());
    }

    @Test
    void eachExchangeHasItsOwn() {
        exchange("").subscribe();
        exchange("").subscribe();

        assertThat(this.signals).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void cancelAborts() {
        exchange("").subscribe().dispose();

        assertThat(this.signals.get(0).reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void endAbortsNothing() {
        exchange("").subscribe();
        this.handling.complete();

        assertThat(this.signals.get(0).aborted()).isFalse();
    }

    @Test
    void failureAbortsNothing() {
        exchange("").onErrorComplete().subscribe();
        this.handling.error(new IllegalStateException("failed"));

        assertThat(this.signals.get(0).aborted()).isFalse();
    }

    @Test
    void cancelAfterTheEndAbortsNothing() {
        AtomicReference<Subscription> subscription = new AtomicReference<>();
        exchange("").doOnSubscribe(subscription::set).subscribe();
        this.handling.complete();
        subscription.get().cancel();

        assertThat(this.signals.get(0).aborted()).isFalse();
    }

    @Test
    void deadlineOfTheRequestAborts() {
        exchange("500").subscribe();
        assertThat(this.signals.get(0).remaining()).contains(Duration.ofMillis(500));

        this.time.advance(Duration.ofMillis(500));

        assertThat(this.signals.get(0).reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.TIMEOUT);
    }

    @Test
    void endOfTheRequestEndsItsTimer() {
        exchange("500").subscribe();
        this.handling.complete();

        assertThat(this.time.pending()).isZero();
    }
}
