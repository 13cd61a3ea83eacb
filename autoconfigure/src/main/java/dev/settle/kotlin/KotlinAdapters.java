package dev.settle.kotlin;

import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactor.ReactorContext;
import kotlinx.coroutines.reactor.ReactorFlowKt;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveTypeDescriptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes publishers of what Kotlin's functions return, and the other way round. */
public final class KotlinAdapters {

    private KotlinAdapters() {}

    /** For {@code Flow}: it runs in the context of the coroutine that collects, with the signal of its call. */
    @SuppressWarnings("unchecked") // what the values are, only the collector knows
    public static ReactiveAdapter flow() {
        return new ReactiveAdapter(
                ReactiveTypeDescriptor.multiValue(Flow.class, FlowKt::emptyFlow),
                flow -> publisher((Flow<Object>) flow),
                publisher -> new CalledFlow(Flux.from(publisher)));
    }

    private static Flux<Object> publisher(Flow<Object> flow) {
        Flow<Object> values = Nulls.hidden(flow);
        return Flux.deferContextual(attempt -> {
            CoroutineContext context = new ReactorContext(attempt).plus(AbortSignalElement.of(attempt));
            return ReactorFlowKt.asFlux(values, CalledFlow.collector(attempt).plus(context));
        });
    }

    /** For {@code Deferred}: cancelling the attempt cancels it, which Spring's own adapter does not. */
    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    public static ReactiveAdapter deferred() {
        return new ReactiveAdapter(
                ReactiveTypeDescriptor.singleOptionalValue(Deferred.class, CalledDeferred::empty),
                deferred -> CalledDeferred.publisher((Deferred<Object>) deferred),
                publisher -> CoroutinesUtils.monoToDeferred(Mono.from(publisher)));
    }
}
