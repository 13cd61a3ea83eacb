package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.CallContext;
import dev.settle.core.Failures;
import java.util.Map;
import org.slf4j.MDC;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** What a subscriber's context carries: from whoever subscribes to the call, and on to what its attempts subscribe to. */
final class SubscriberContext {

    /** Where Micrometer's accessor for SLF4J looks for it, if the application has registered that. */
    private static final String MDC_KEY = "cp.slf4j";

    private SubscriberContext() {}

    /** Runs the task on this thread, with what the subscriber's context holds in front of what the thread has. */
    static void run(CallContext carrier, ContextView subscriber, Runnable task) {
        if (subscriber.isEmpty()) {
            task.run();
            return;
        }
        CallContext.Captured captured = CallContext.guarded(() -> carrier.capture(subscriber));
        // Looked at here: what somebody else has put under these keys must not keep the call from its subscriber.
        Runnable inside = withMdc(subscriber, withSignal(subscriber, task));
        CallContext.run(captured, inside, ex -> {
            Failures.log(CallContext.class, "The context of a subscriber could not be set", ex);
            task.run();
        });
    }

    private static Runnable withSignal(ContextView subscriber, Runnable task) {
        AbortSignal signal = ReactiveAbortSignal.from(subscriber);
        if (signal == AbortSignal.never()) {
            return task;
        }
        return () -> CurrentSignal.run(signal, task);
    }

    @SuppressWarnings("unchecked") // under this key there are strings only
    private static Runnable withMdc(ContextView subscriber, Runnable task) {
        Object found = subscriber.getOrDefault(MDC_KEY, null);
        if (!(found instanceof Map<?, ?> carried)) {
            return task;
        }
        return () -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            MDC.setContextMap((Map<String, String>) carried);
            try {
                task.run();
            } finally {
                if (before == null) {
                    MDC.clear();
                } else {
                    MDC.setContextMap(before);
                }
            }
        };
    }

    private static Context observed(CallContext carrier, Context context) {
        try {
            return carrier.attempt(context);
        } catch (Throwable ex) {
            Failures.log(CallContext.class, "What observes an attempt could not be carried to its publisher", ex);
            return context;
        }
    }

    /** The subscriber's context for an attempt, with its signal and this thread's logging context. */
    static Context attempt(CallContext carrier, ContextView subscriber, AbortSignal signal) {
        Context context = observed(carrier, Context.of(subscriber).put(ReactiveAbortSignal.KEY, signal));
        Map<String, String> logging = MDC.getCopyOfContextMap();
        return (logging == null || logging.isEmpty()) ? context : context.put(MDC_KEY, logging);
    }
}
