package dev.settle.kotlin;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.channels.BufferOverflow;
import kotlinx.coroutines.channels.Channel;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * What the caller of a function that returns a flow gets: each collection is a call. As in a flow without a proxy, the
 * next value is made when the one before is dealt with.
 */
record CalledFlow(Flux<Object> calls) implements Flow<Object> {

    private static final String COLLECTOR = "dev.settle.collector";

    /** The context of the coroutine that collects, from Reactor's. */
    static CoroutineContext collector(ContextView attempt) {
        CoroutineContext context = attempt.getOrDefault(COLLECTOR, null);
        return (context != null) ? context : EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public @Nullable Object collect(FlowCollector<? super Object> collector, Continuation<? super Unit> continuation) {
        // The flow's coroutine has a job of its own: it is cancelled by the subscription.
        CoroutineContext context = continuation.getContext().minusKey(Job.Key);
        Flow<Object> flow = ReactiveFlowKt.asFlow(this.calls.contextWrite(reactor -> reactor.put(COLLECTOR, context)));
        return FlowKt.buffer(flow, Channel.RENDEZVOUS, BufferOverflow.SUSPEND)
                .collect(Nulls.shown(collector), continuation);
    }
}
