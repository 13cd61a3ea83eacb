package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Listeners;
import dev.settle.core.CallHost;
import dev.settle.core.CallSite;
import dev.settle.core.Next;
import dev.settle.core.StepPolicy;
import dev.settle.core.Work;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Sinks;

/** One subscription to a method of one value, without Spring: the test says when the value comes. */
final class HandSubscription {

    private final Sinks.One<Object> value = Sinks.one();
    private final AbortSource around = new AbortSource();
    private final AtomicInteger runs = new AtomicInteger();
    private final Publisher<Object> returned;
    private final Seen<Object> seen = Seen.ready();

    @SuppressWarnings("unchecked")
    HandSubscription(boolean stream, StepPolicy... outermostFirst) {
        Next chain = Next.link(Stream.of(outermostFirst).map(StepPolicy::step).toList());
        CallSite site = new CallSite("prices.find", CallHost.plain(), false);
        ReactiveCalls.Way way = new ReactiveCalls.Way(site, chain, false);
        ReactiveCalls calls = new ReactiveCalls(() -> way, new Body(stream), this.around, null);
        this.returned = (Publisher<Object>) (stream ? calls.stream() : calls.single());
    }

    /** What the method does. */
    private final class Body implements Work {

        private final boolean stream;

        Body(boolean stream) {
            this.stream = stream;
        }

        @Override
        public Object run(AbortSignal signal) {
            HandSubscription.this.runs.incrementAndGet();
            return this.stream ? HandSubscription.this.value.asMono().flux() : HandSubscription.this.value.asMono();
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }

    void start() {
        this.returned.subscribe(this.seen);
    }

    HandSubscription started() {
        start();
        return this;
    }

    void cancel() {
        this.seen.cancel();
    }

    void end() {
        this.value.tryEmitValue("a");
    }

    /** Whoever subscribed has heard of one end, or of none if it was the one that ended it; nobody listens any more. */
    void isOver(boolean cancelled) {
        assertThat(this.seen.ends()).isBetween(cancelled ? 0L : 1L, 1L);
        assertThat(this.runs).hasValueLessThanOrEqualTo(1);
        assertThat(Listeners.on(this.around)).as("listeners").isZero();
    }
}
